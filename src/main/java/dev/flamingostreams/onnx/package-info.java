/**
 * Backend of {@code tensor} that records operations and writes them as an ONNX graph, opset 17.
 * Reads a safetensors header, not its data: weights stay in that file and graphs point into it, but
 * for convolutions in half precision, which graphs hold as floats. Every shape is known as the
 * graph is built; a loop becomes an ONNX Loop with state of fixed shape.
 *
 * <p>Not API.
 */
@NullMarked
package dev.flamingostreams.onnx;

import org.jspecify.annotations.NullMarked;
