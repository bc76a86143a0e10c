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
  private final Constants constants;
  private final BeamRows rows;
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
    this.constants = new Constants(backend);
    this.rows = new BeamRows(clips, backend);
    this.clips = clips;
    this.width = decoding.beams();
  }

  /** The best text of each clip, {@code [B, N]}. */
  Written run() {
    Continuation.Start start = continuation.start();
    BeamPass last = choose(start.logits(), constants.of(0), nothing()).pass;
    if (decoding.maxTokens() > 1) {
      // the copies of a cache are equal still, whichever beams go on
      List<Tensor> initial = last.state(continuation.padded(start.cache()));
      last = BeamPass.of(backend.loop(decoding.maxTokens() - 1, initial, this::step));
    }
    return last.ended().written().rows(rows.first(width));
  }

  /** Only the first beam counts at first: the others are its copies. */
  private BeamPass nothing() {
    float[] never = new float[clips * width];
    float[] firstOnly = new float[clips * width];
    for (int i = 0; i < never.length; i++) {
      never[i] = LogitRules.NEVER;
      firstOnly[i] = i % width == 0 ? 0 : LogitRules.NEVER;
    }
    Written nothing = Written.nothing(clips * width, decoding.maxTokens(), special.pad(), backend);
    return new BeamPass(
        backend.constant(new int[clips * width], (long) clips * width, 1),
        new Beams(nothing, backend.constant(firstOnly, clips, width)),
        new Beams(nothing, backend.constant(never, clips, width)),
        backend.constant(new float[clips * width], clips, width),
        backend.constant(new int[clips], clips, 1).less(constants.of(1)));
  }

  private Backend.Step step(Tensor step, List<Tensor> state) {
    List<Tensor> cache = new ArrayList<>();
    BeamPass pass = BeamPass.of(state);
    Tensor logits = continuation.read(pass.token(), step, state, cache);
    Choice choice = choose(logits, step.add(constants.of(1)), pass);
    List<Tensor> reordered = cache.stream().map(one -> one.gather(choice.parents)).toList();
    return new Backend.Step(choice.proceed, choice.pass.state(reordered));
  }

  /** Which beams go on, ints {@code [B·W]}, and whether any text is worth going on. */
  private record Choice(BeamPass pass, Tensor parents, Tensor proceed) {}

  private Choice choose(Tensor logits, Tensor count, BeamPass pass) {
    Candidates found = candidates(logits, count, pass.running());
    Tensor.Top next =
        found
            .score
            .add(found.ends.where(constants.of(LogitRules.NEVER), constants.of(0f)))
            .topK(width);
    Tensor going = rows.all(next.indices(), 2 * width);
    Beams running = new Beams(found.written.rows(going), next.values());

    Tensor now = found.ends.and(likeliest());
    Tensor.Top best = ended(found, now, count, pass).topK(width);
    Tensor kept = rows.all(best.indices(), 3 * width);
    Written texts = rows.merge(pass.ended().written(), found.written);
    Beams ended = new Beams(texts.rows(kept), best.values());
    Tensor full = rows.side(pass.full(), now.toFloat()).reshape(3L * clips * width, 1);
    full = full.gather(kept).reshape(clips, width);

    Tensor improvable = pass.improvable().and(improvable(running, ended, full, count));
    return new Choice(
        new BeamPass(found.token.gather(going), running, ended, full, improvable),
        found.parent.gather(going),
        any(found.ends.not()).and(any(improvable)));
  }

  /**
   * The 2·W likeliest continuations of each clip: enough to go on if W of them end.
   *
   * @param token {@code [B·2W, 1]}
   * @param parent the beam that each continues, {@code [B·2W]}
   * @param score {@code [B, 2W]}
   * @param ends bool {@code [B, 2W]}
   */
  private record Candidates(
      Written written, Tensor token, Tensor parent, Tensor score, Tensor ends) {}

  private Candidates candidates(Tensor logits, Tensor count, Beams running) {
    long vocabulary = logits.shape()[1];
    Tensor allowed = rules.apply(logits.logSoftmax(), running.written().tokens(), count);
    Tensor sums =
        allowed
            .reshape(clips, width, vocabulary)
            .add(running.score().reshape(clips, width, 1))
            .reshape(clips, width * vocabulary);
    Tensor.Top top = sums.topK(2 * width);
    Tensor words = constants.of((int) vocabulary);
    Tensor beam = top.indices().div(words);
    Tensor parent = rows.all(beam, width);
    Tensor token = top.indices().sub(beam.mul(words)).reshape(parent.shape()[0], 1);
    Tensor flat = rows.all(top.indices(), Math.toIntExact(width * vocabulary));
    Tensor each = allowed.reshape(allowed.shape()[0] * vocabulary, 1).gather(flat);
    Tensor goesOn = token.less(constants.of(0));
    Written longer = running.written().rows(parent).with(count, token, each, goesOn, backend);
    Tensor lastStep = count.equal(constants.of(decoding.maxTokens() - 1));
    Tensor ends = token.equal(constants.of(special.end())).or(lastStep).reshape(clips, 2L * width);
    return new Candidates(longer, token, parent, top.values(), ends);
  }

  /** A text that ends counts only among the W likeliest, bool {@code [1, 2W]}. */
  private Tensor likeliest() {
    return constants.range(0, 2 * width).reshape(1, 2L * width).less(constants.of(width));
  }

  /** Scores {@code [B, 3W]} of the texts that had ended and of those that end now. */
  private Tensor ended(Candidates found, Tensor now, Tensor count, BeamPass pass) {
    Tensor counts = now.and(pass.improvable());
    Tensor penalised =
        found
            .score
            .mul(penalty(count))
            .add(counts.where(constants.of(0f), constants.of(LogitRules.NEVER)));
    return rows.side(pass.ended().score(), penalised);
  }

  private Tensor improvable(Beams running, Beams ended, Tensor full, Tensor count) {
    Tensor bestPossible = running.score().slice(1, 0, 1).mul(penalty(count));
    Tensor worst = ended.score().scale(-1).max(1).scale(-1).reshape(clips, 1);
    Tensor better =
        constants.of(0f).less(full).where(worst, constants.of(LogitRules.NEVER)).less(bestPossible);
    return constants.of(0f).less(better.toFloat().max(1)).reshape(clips, 1);
  }

  /** By which the score of a text of {@code count + 1} tokens is multiplied. */
  private Tensor penalty(Tensor count) {
    float[] factors = new float[decoding.maxTokens()];
    for (int i = 0; i < factors.length; i++) {
      factors[i] = (float) Math.pow(i + 1, -decoding.lengthPenalty());
    }
    return backend.constant(factors, factors.length).gather(count);
  }

  private Tensor any(Tensor flags) {
    long size = flags.shape()[0] * flags.shape()[1];
    return constants.of(0f).less(flags.toFloat().reshape(size).max(0).reshape(1));
  }
}
