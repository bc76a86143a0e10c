package dev.flamingostreams.flamingo;

import dev.flamingostreams.tensor.Backend;
import dev.flamingostreams.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Greedy decoding with a cache of keys and values: the prompt at once, then one token a step until
 * every row has ended. Cache, tokens and log-probabilities are loop state of fixed shape; the new
 * row is written by position, so that the whole loop is one graph.
 */
final class GreedyDecoder {
  private final LanguageModel model;
  private final FlamingoConfig.Language config;
  private final Backend backend;

  GreedyDecoder(LanguageModel model, FlamingoConfig.Language config, Backend backend) {
    this.model = model;
    this.config = config;
    this.backend = backend;
  }

  /**
   * {@code tokens} are ints {@code [B, N]}, padded after the end; so are their log-probabilities.
   */
  record Result(Tensor tokens, Tensor logProbabilities) {}

  /**
   * Continues each row of the prompt.
   *
   * @param prompt ints {@code [B, L]}
   * @param media what the prompt's tokens see
   * @param lastMedia what new tokens see, as the prompt's last token does
   */
  Result decode(Tensor prompt, LanguageModel.Media media, LanguageModel.Media lastMedia) {
    int batch = (int) prompt.shape()[0];
    int length = (int) prompt.shape()[1];
    int total = length + config.maxTokens();
    Alibi alibi = new Alibi(config.heads(), backend);
    List<Tensor> state = new ArrayList<>();
    Tensor hidden =
        model.forward(
            prompt,
            media,
            alibi.causal(length),
            (layer, own) -> {
              state.add(padded(own.keys(), total));
              state.add(padded(own.values(), total));
              return own;
            });
    Tensor logits = model.logits(hidden.slice(1, length - 1, length)).logSoftmax();
    state.add(best(logits));
    state.add(bestLogProbability(logits));
    state.add(filled(config.padToken(), batch, config.maxTokens()));
    state.add(backend.constant(new float[batch * config.maxTokens()], batch, config.maxTokens()));
    state.add(best(logits).less(filled(0, batch, 1))); // nothing has ended
    List<Tensor> last =
        backend.loop(
            config.maxTokens(),
            state,
            (step, s) -> new Pass(s, alibi, length, total).run(step, lastMedia));
    int caches = 2 * model.layers();
    return new Result(last.get(caches + 2), last.get(caches + 3));
  }

  /** {@code [B, H, L, D/H]} with room for the tokens to come. */
  private Tensor padded(Tensor cache, int total) {
    long[] s = cache.shape();
    long[] rest = {s[0], s[1], total - s[2], s[3]};
    int size = Math.toIntExact(rest[0] * rest[1] * rest[2] * rest[3]);
    return backend.concat(List.of(cache, backend.constant(new float[size], rest)), 2);
  }

  private Tensor filled(int value, int... shape) {
    int[] values = new int[shape[0] * shape[1]];
    Arrays.fill(values, value);
    return backend.constant(values, shape[0], shape[1]);
  }

  private static Tensor best(Tensor logits) {
    return logits.argmax().reshape(logits.shape()[0], 1);
  }

  private static Tensor bestLogProbability(Tensor logits) {
    return logits.max(-1).reshape(logits.shape()[0], 1);
  }

  /** One step: write down the token at hand, mark the rows that end with it, think of the next. */
  private final class Pass {
    private final List<Tensor> caches;
    private final Tensor token; // (B, 1)
    private final Tensor logProbability; // (B, 1)
    private final Tensor tokens; // (B, N)
    private final Tensor logProbabilities; // (B, N)
    private final Tensor ended; // (B, 1)
    private final Alibi alibi;
    private final int first;
    private final int total;

    Pass(List<Tensor> state, Alibi alibi, int first, int total) {
      int n = 2 * model.layers();
      caches = state.subList(0, n);
      token = state.get(n);
      logProbability = state.get(n + 1);
      tokens = state.get(n + 2);
      logProbabilities = state.get(n + 3);
      ended = state.get(n + 4);
      this.alibi = alibi;
      this.first = first;
      this.total = total;
    }

    Backend.Step run(Tensor step, LanguageModel.Media media) {
      Tensor here = range(config.maxTokens()).equal(step).and(ended.not());
      Tensor nowEnded = ended.or(token.equal(backend.constant(new int[] {config.endToken()}, 1)));
      List<Tensor> next = new ArrayList<>();
      Tensor hidden =
          model.forward(
              token,
              media,
              alibi.row(step, first, config.maxTokens(), total),
              (layer, own) -> remember(next, layer, own, step));
      Tensor logits = model.logits(hidden).logSoftmax();
      next.add(best(logits));
      next.add(bestLogProbability(logits));
      next.add(here.where(token, tokens));
      next.add(here.where(logProbability, logProbabilities));
      next.add(nowEnded);
      Tensor share = nowEnded.toFloat().reshape(nowEnded.shape()[0]).mean(0).reshape(1);
      return new Backend.Step(share.less(backend.constant(new float[] {1}, 1)), next);
    }

    private Attention.KeyValue remember(
        List<Tensor> next, int layer, Attention.KeyValue own, Tensor step) {
      Tensor position = range(total).equal(step.add(backend.constant(new int[] {first}, 1)));
      Tensor at = position.reshape(1, 1, total, 1);
      Tensor keys = at.where(own.keys(), caches.get(2 * layer));
      Tensor values = at.where(own.values(), caches.get(2 * layer + 1));
      next.add(keys);
      next.add(values);
      return new Attention.KeyValue(keys, values);
    }

    private Tensor range(int size) {
      int[] values = new int[size];
      Arrays.setAll(values, i -> i);
      return backend.constant(values, 1, size);
    }
  }
}
