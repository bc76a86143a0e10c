package dev.flamingostreams.engine;

import java.nio.FloatBuffer;
import java.util.List;

/** A prompt as the model takes it. */
final class PreparedPrompt {
  private final int[] tokens;
  private final int[] textTime;
  private final List<float[]> exampleLatents;

  /**
   * A prompt of L tokens.
   *
   * @param exampleLatents {@code [R, D]} of each example clip
   */
  PreparedPrompt(int[] tokens, int imageToken, List<float[]> exampleLatents) {
    this.tokens = tokens.clone();
    this.textTime = new int[tokens.length];
    this.exampleLatents = List.copyOf(exampleLatents);
    int media = 0;
    for (int i = 0; i < tokens.length; i++) {
      media += tokens[i] == imageToken ? 1 : 0;
      textTime[i] = media;
    }
  }

  int length() {
    return tokens.length;
  }

  /** Examples and the live clip. */
  int media() {
    return exampleLatents.size() + 1;
  }

  /** {@code [batch, L]}. */
  int[] tokens(int batch) {
    return repeat(tokens, batch);
  }

  /** {@code [batch, L]}: how many media begin at or before each token. */
  int[] textTime(int batch) {
    return repeat(textTime, batch);
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

  private static int[] repeat(int[] values, int times) {
    int[] result = new int[values.length * times];
    for (int i = 0; i < times; i++) {
      System.arraycopy(values, 0, result, i * values.length, values.length);
    }
    return result;
  }
}
