package dev.flamingostreams.engine;

import java.util.Arrays;

/**
 * What a model wrote.
 *
 * @param tokens without the end token
 * @param logProbabilities of the tokens, and of the end token if it came
 */
record Answer(int[] tokens, float[] logProbabilities) {

  /** What stands before the end token in one row of a graph's output {@code [B, N]}. */
  static Answer of(int[] tokens, float[] logProbabilities, int row, int length, int endToken) {
    int from = row * length;
    int end = from;
    while (end < from + length && tokens[end] != endToken) {
      end++;
    }
    int counted = Math.min(end + 1, from + length);
    return new Answer(
        Arrays.copyOfRange(tokens, from, end), Arrays.copyOfRange(logProbabilities, from, counted));
  }

  double logProbability() {
    double sum = 0;
    for (float one : logProbabilities) {
      sum += one;
    }
    return sum;
  }
}
