/**
 * TensorRT 8.6: its native libraries, and engines built with them. Compiled with {@code -Pgpu}
 * only; the rest of the project finds it with {@link java.util.ServiceLoader}.
 *
 * <p>Not API.
 */
@NullMarked
package dev.flamingostreams.tensorrt;

import org.jspecify.annotations.NullMarked;
