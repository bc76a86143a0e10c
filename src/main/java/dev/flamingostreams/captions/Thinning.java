package dev.flamingostreams.captions;

import dev.flamingostreams.schema.Clip;
import java.util.ArrayList;
import java.util.List;

/**
 * How a clip is described by a task that lags.
 *
 * @param frames of it that the model sees
 * @param hop of the windows that are described
 */
record Thinning(int frames, int hop) {

  /** Capture times of what the model sees, evenly chosen, first and last among them. */
  List<Long> times(Clip clip) {
    List<Long> all = clip.frameMicros();
    if (frames >= all.size()) {
      return all;
    }
    List<Long> some = new ArrayList<>();
    for (int i = 0; i < frames; i++) {
      some.add(all.get((int) Math.round((double) i * (all.size() - 1) / (frames - 1))));
    }
    return some;
  }
}
