/**
 * Compares ways to run a model: the engine's compiled graphs with libtorch op by op, on the same
 * weights and clips, in turn. Also makes models of random weights to compare with.
 *
 * <p>Not API.
 */
@NullMarked
package dev.flamingostreams.bench;

import org.jspecify.annotations.NullMarked;
