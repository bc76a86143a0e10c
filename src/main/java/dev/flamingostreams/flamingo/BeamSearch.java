package dev.flamingostreams.flamingo;

import dev.flamingostreams.tensor.Backend;
import dev.flamingostreams.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * Keeps the W likeliest continuations of each text, and of those that ended the W best by
 * log-probability over length to the power of the penalty. Ends when no running beam can become
 * better than the worst of the ended ones at its present length, as Hugging Face's {@code generate}
 * does by default, or at the most tokens.
 */
final class BeamSearch {
  private final Continuation continuation;
  private final LogitRules rules;
  private final Decoding decoding;
  private final SpecialTokens special;
  private final Backend backend;
  private final int clips;
  private final int width;

  BeamSearch(
      Continuation continuation,
      LogitRules rules,
      Decoding decoding,
      SpecialTokens special,
      int clips,
      Backend backend) {
    this.continuation = continuation;
    this.rules = rules;
    this.decoding = decoding;
    this.special = special;
    this.backend = backend;
    this.clips = clips;
    this.width = decoding.beams();
  }

  /**
   * Some texts of each clip, best first.
   *
   * @param score log-probabilities {@code [B, W]}
   */
  private record Beams(Written written, Tensor score) {}

  /**
   * Where the search stands.
   *
   * @param token the last of each running text, {@code [B·W, 1]}
   * @param ended scores are penalised
   * @param full 1 for places of {@code ended} that are taken, {@code [B, W]}
   * @param improvable bool {@code [B, 1]}
   */
  private record Pass(Tensor token, Beams running, Beams ended, Tensor full, Tensor improvable) {
    private static final int SIZE = 9;

    List<Tensor> state(List<Tensor> cache) {
      List<Tensor> state = new ArrayList<>(cache);
      state.add(token);
      for (Beams beams : List.of(running, ended)) {
        state.add(beams.written.tokens());
        state.add(beams.written.logProbabilities());
        state.add(beams.score);
      }
      state.add(full);
      state.add(improvable);
      return state;
    }

    static Pass of(List<Tensor> all) {
      List<Tensor> s = all.subList(all.size() - SIZE, all.size());
      return new Pass(
          s.get(0),
          new Beams(new Written(s.get(1), s.get(2)), s.get(3)),
          new Beams(new Written(s.get(4), s.get(5)), s.get(6)),
          s.get(7),
          s.get(8));
    }
  }

  /** After a choice: which beams go on, {@code [B·W]}, and whether any text is worth going on. */
  private record Choice(Pass pass, Tensor parents, Tensor proceed) {}

  /** The best text of each clip, {@code [B, N]}. */
  Written run() {
    Continuation.Start start = continuation.start();
    Choice first = choose(start.logits(), constant(0), nothing());
    Pass last = first.pass;
    if (decoding.maxTokens() > 1) {
      // the copies of a cache are equal still
      List<Tensor> initial = first.pass.state(continuation.padded(start.cache()));
      last = Pass.of(backend.loop(decoding.maxTokens() - 1, initial, this::step));
    }
    return last.ended.written.rows(backend.constant(offsets(width), clips));
  }

  private Pass nothing() {
    int rows = clips * width;
    Written nothing = Written.nothing(rows, decoding.maxTokens(), special.pad(), backend);
    float[] never = new float[rows];
    float[] firstOnly = new float[rows];
    for (int i = 0; i < rows; i++) {
      never[i] = LogitRules.NEVER;
      firstOnly[i] = i % width == 0 ? 0 : LogitRules.NEVER;
    }
    Tensor zeros = backend.constant(new int[rows], rows, 1);
    return new Pass(
        zeros,
        new Beams(nothing, backend.constant(firstOnly, clips, width)),
        new Beams(nothing, backend.constant(never, clips, width)),
        backend.constant(new float[rows], clips, width),
        backend.constant(new int[clips], clips, 1).less(constant(1)));
  }

  private Backend.Step step(Tensor step, List<Tensor> state) {
    List<Tensor> cache = new ArrayList<>();
    Pass pass = Pass.of(state);
    Tensor logits = continuation.read(pass.token, step, state, cache);
    Choice choice = choose(logits, step.add(constant(1)), pass);
    List<Tensor> reordered = cache.stream().map(one -> one.gather(choice.parents)).toList();
    return new Backend.Step(choice.proceed, choice.pass.state(reordered));
  }

  /** The 2·W likeliest continuations of each clip: enough to go on if W of them end. */
  private record Candidates(
      Written written, Tensor token, Tensor parent, Tensor score, Tensor ends) {}

  private Choice choose(Tensor logits, Tensor count, Pass pass) {
    Candidates found = candidates(logits, count, pass);
    Tensor.Top next = found.ends.where(never(), zero()).add(found.score).topK(width);
    Tensor going = next.indices().add(offset(2 * width)).reshape((long) clips * width);
    Beams running = new Beams(found.written.rows(going), next.values());

    Tensor.Top best = ranked(found, count, pass);
    Tensor kept = best.indices().add(offset(3 * width)).reshape((long) clips * width);
    Beams ended = new Beams(merge(pass.ended.written, found.written).rows(kept), best.values());
    Tensor full = column(side(pass.full, justEnded(found).toFloat())).gather(kept);
    full = full.reshape(clips, width);
    Tensor improvable = pass.improvable.and(improvable(running, ended, full, count));

    Tensor open = any(found.ends.not()).and(any(improvable));
    Pass after = new Pass(found.token.gather(going), running, ended, full, improvable);
    return new Choice(after, found.parent.gather(going).reshape((long) clips * width), open);
  }

  private Candidates candidates(Tensor logits, Tensor count, Pass pass) {
    long vocabulary = logits.shape()[1];
    Written written = pass.running.written;
    Tensor allowed = rules.apply(logits.logSoftmax(), written.tokens(), count);
    Tensor sums =
        allowed
            .reshape(clips, width, vocabulary)
            .add(pass.running.score.reshape(clips, width, 1))
            .reshape(clips, width * vocabulary);
    Tensor.Top top = sums.topK(2 * width);
    Tensor words = constant((int) vocabulary);
    Tensor beam = top.indices().div(words);
    Tensor token = column(top.indices().sub(beam.mul(words)));
    Tensor parent = column(beam.add(offset(width)));
    Tensor flat = parent.mul(words).add(token);
    long rows = 2L * clips * width;
    Tensor logProbability =
        allowed.reshape(allowed.shape()[0] * vocabulary, 1).gather(flat).reshape(rows, 1);
    Written longer =
        written
            .rows(parent.reshape(rows))
            .with(count, token, logProbability, token.less(constant(0)), backend);
    Tensor lastStep = constant(decoding.maxTokens() - 1).equal(count);
    Tensor ends = token.equal(constant(special.end())).or(lastStep);
    return new Candidates(longer, token, parent, top.values(), ends.reshape(clips, 2L * width));
  }

  /** The W best of the ended texts so far and of those among the W likeliest that end now. */
  private Tensor.Top ranked(Candidates found, Tensor count, Pass pass) {
    Tensor penalised = found.score.mul(penalty(count));
    Tensor counts = justEnded(found).and(pass.improvable);
    return side(pass.ended.score, penalised.add(counts.where(zero(), never()))).topK(width);
  }

  private Tensor justEnded(Candidates found) {
    Tensor place = backend.constant(Continuation.counting(2 * width), 1, 2L * width);
    return found.ends.and(place.less(constant(width)));
  }

  private Tensor improvable(Beams running, Beams ended, Tensor full, Tensor count) {
    Tensor bestPossible = running.score.slice(1, 0, 1).mul(penalty(count));
    Tensor worst = ended.score.scale(-1).max(1).scale(-1).reshape(clips, 1);
    Tensor taken = zero().less(full);
    Tensor better = taken.where(worst, never()).less(bestPossible);
    return zero().less(better.toFloat().max(1)).reshape(clips, 1);
  }

  /** By which the score of a text of {@code count + 1} tokens is multiplied. */
  private Tensor penalty(Tensor count) {
    float[] factors = new float[decoding.maxTokens()];
    for (int i = 0; i < factors.length; i++) {
      factors[i] = (float) Math.pow(i + 1, -decoding.lengthPenalty());
    }
    return backend.constant(factors, factors.length).gather(count);
  }

  /** {@code [B·W, N]} and {@code [B·2W, N]} to {@code [B·3W, N]}. */
  private Written merge(Written a, Written b) {
    return new Written(
        merge(a.tokens(), b.tokens()), merge(a.logProbabilities(), b.logProbabilities()));
  }

  private Tensor merge(Tensor a, Tensor b) {
    long length = a.shape()[1];
    return side(a.reshape(clips, width, length), b.reshape(clips, 2L * width, length))
        .reshape(3L * clips * width, length);
  }

  private Tensor side(Tensor a, Tensor b) {
    return backend.concat(List.of(a, b), 1);
  }

  private Tensor any(Tensor flags) {
    long size = flags.shape()[0] * flags.shape()[1];
    return zero().less(flags.toFloat().reshape(size).max(0).reshape(1));
  }

  /** {@code [B, n] -> [B·n, 1]}. */
  private static Tensor column(Tensor x) {
    return x.reshape(x.shape()[0] * x.shape()[1], 1);
  }

  /** Where each clip's rows begin, {@code [B, 1]}, if it has that many. */
  private Tensor offset(int rows) {
    return backend.constant(offsets(rows), clips, 1);
  }

  private int[] offsets(int rows) {
    int[] offsets = new int[clips];
    for (int i = 0; i < clips; i++) {
      offsets[i] = i * rows;
    }
    return offsets;
  }

  private Tensor never() {
    return backend.constant(new float[] {LogitRules.NEVER}, 1);
  }

  private Tensor zero() {
    return backend.constant(new float[] {0}, 1);
  }

  private Tensor constant(int value) {
    return backend.constant(new int[] {value}, 1);
  }
}
