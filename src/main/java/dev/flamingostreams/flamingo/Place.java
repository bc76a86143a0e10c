package dev.flamingostreams.flamingo;

import dev.flamingostreams.tensor.Tensor;

/**
 * Where tokens stand in their text, and which of it they may see.
 *
 * @param positions ints {@code [R, L]} from 0, padding not counted
 * @param bias {@code [R or 1, H or 1, L, K]}, added to the scores of K keys
 */
record Place(Tensor positions, Tensor bias) {}
