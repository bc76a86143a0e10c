package dev.flamingostreams.training.evaluation;

import dev.flamingostreams.engine.ClipInput;
import java.util.List;
import java.util.Random;

/**
 * A video that is shown to the model.
 *
 * @param seed of what is drawn by chance about it
 */
record Exhibit(Subject subject, List<Shot> shots, long seed) {
  Exhibit {
    shots = List.copyOf(shots);
  }

  /** The same frames whenever the same is asked for; all of them if there are fewer. */
  ClipInput clip(Cut cut, int frames) {
    return cut.of(
        shots, Math.min(frames, shots.size()), random(31L * cut.name().hashCode() + frames));
  }

  /** Chance that depends on nothing but the exhibit and its use. */
  Random random(long use) {
    return new Random(seed + 7919 * use);
  }
}
