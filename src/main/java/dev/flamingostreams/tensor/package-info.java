/**
 * The small set of tensor operations that Flamingo is written in. Imports nothing. Backends: {@code
 * onnx} emits graphs for serving, {@code training} computes eagerly on libtorch with autograd.
 *
 * <p>Not API.
 */
@NullMarked
package dev.flamingostreams.tensor;

import org.jspecify.annotations.NullMarked;
