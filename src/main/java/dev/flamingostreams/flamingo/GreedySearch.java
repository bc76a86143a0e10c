package dev.flamingostreams.flamingo;

import dev.flamingostreams.tensor.Backend;
import dev.flamingostreams.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/** Takes the likeliest token at each step, until every text has ended. */
final class GreedySearch {
  private final Continuation continuation;
  private final LogitRules rules;
  private final Decoding decoding;
  private final SpecialTokens special;
  private final Backend backend;
  private final Constants constants;

  GreedySearch(
      Continuation continuation,
      LogitRules rules,
      Decoding decoding,
      SpecialTokens special,
      Backend backend) {
    this.continuation = continuation;
    this.rules = rules;
    this.decoding = decoding;
    this.special = special;
    this.backend = backend;
    this.constants = new Constants(backend);
  }

  /** The last token of each text, what is written, and which texts have ended. */
  private record Pass(Tensor token, Written written, Tensor ended) {
    List<Tensor> state(List<Tensor> cache) {
      List<Tensor> state = new ArrayList<>(cache);
      state.addAll(List.of(token, written.tokens(), written.logProbabilities(), ended));
      return state;
    }

    static Pass of(List<Tensor> state) {
      int n = state.size();
      return new Pass(
          state.get(n - 4), new Written(state.get(n - 3), state.get(n - 2)), state.get(n - 1));
    }
  }

  Written run() {
    Continuation.Start start = continuation.start();
    int rows = (int) start.logits().shape()[0];
    int length = decoding.maxTokens();
    Written nothing = Written.nothing(rows, length, special.pad(), backend);
    Tensor none = backend.constant(new int[rows], rows, 1).less(constants.of(0));
    Pass first = choose(start.logits(), constants.of(0), new Pass(none, nothing, none));
    if (length == 1) {
      return first.written;
    }
    List<Tensor> initial = first.state(continuation.padded(start.cache()));
    return Pass.of(backend.loop(length - 1, initial, this::step)).written;
  }

  private Backend.Step step(Tensor step, List<Tensor> state) {
    Pass pass = Pass.of(state);
    List<Tensor> cache = new ArrayList<>();
    Tensor logits = continuation.read(pass.token, step, state, cache);
    Pass next = choose(logits, step.add(constants.of(1)), pass);
    Tensor left = next.ended.not().toFloat().reshape(next.ended.shape()[0]).max(0).reshape(1);
    Tensor proceed = constants.of(0f).less(left);
    return new Backend.Step(proceed, next.state(cache));
  }

  private Pass choose(Tensor logits, Tensor count, Pass pass) {
    Tensor allowed = rules.apply(logits.logSoftmax(), pass.written.tokens(), count);
    long rows = allowed.shape()[0];
    Tensor token = allowed.argmax().reshape(rows, 1);
    Tensor logProbability = allowed.max(-1).reshape(rows, 1);
    return new Pass(
        token,
        pass.written.with(count, token, logProbability, pass.ended, backend),
        pass.ended.or(token.equal(constants.of(special.end()))));
  }
}
