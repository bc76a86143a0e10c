package dev.flamingostreams.flamingo;

import dev.flamingostreams.tensor.Tensor;

/**
 * W texts of each clip, best first.
 *
 * @param written {@code [B·W, N]}
 * @param score log-probabilities {@code [B, W]}
 */
record Beams(Written written, Tensor score) {}
