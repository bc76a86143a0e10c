package dev.flamingostreams.engine;

import java.nio.FloatBuffer;
import java.util.List;

/**
 * A prompt as the model takes it.
 *
 * @param exampleLatents {@code [R, D]} of each example clip
 */
record PreparedPrompt(Passage passage, List<float[]> exampleLatents) {

  PreparedPrompt {
    exampleLatents = List.copyOf(exampleLatents);
  }

  /** Examples and the live clip. */
  int media() {
    return exampleLatents.size() + 1;
  }

  /**
   * {@code [batch, M, R, D]}: the examples and a live clip in each row.
   *
   * @param live {@code [R, D]} each; rows that are left over repeat the first
   */
  float[] latents(List<float[]> live, int batch) {
    int size = live.get(0).length;
    FloatBuffer all = FloatBuffer.allocate(batch * media() * size);
    for (int row = 0; row < batch; row++) {
      exampleLatents.forEach(all::put);
      all.put(live.get(row < live.size() ? row : 0));
    }
    return all.array();
  }
}
