package dev.flamingostreams.flamingo;

import dev.flamingostreams.tensor.Backend;
import dev.flamingostreams.tensor.Tensor;
import java.util.Arrays;

/**
 * Tokens written so far and their log-probabilities, {@code [R, N]} each; the rest is padding and
 * 0.
 */
record Written(Tensor tokens, Tensor logProbabilities) {

  static Written nothing(int rows, int length, int padToken, Backend backend) {
    int[] padding = new int[rows * length];
    Arrays.fill(padding, padToken);
    return new Written(
        backend.constant(padding, rows, length),
        backend.constant(new float[rows * length], rows, length));
  }

  /**
   * Writes a token into each row that has not ended.
   *
   * @param at int {@code [1]}
   * @param token {@code [R, 1]}, and its log-probability
   * @param ended bool {@code [R, 1]}
   */
  Written with(Tensor at, Tensor token, Tensor logProbability, Tensor ended, Backend backend) {
    int length = (int) tokens.shape()[1];
    Tensor here = new Constants(backend).range(0, length).reshape(1, length).equal(at);
    Tensor write = here.and(ended.not());
    return new Written(write.where(token, tokens), write.where(logProbability, logProbabilities));
  }

  /** The rows at these indices, ints {@code [R']}. */
  Written rows(Tensor indices) {
    return new Written(tokens.gather(indices), logProbabilities.gather(indices));
  }
}
