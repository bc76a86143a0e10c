/**
 * Trains models: renders scenes, runs {@code flamingo} eagerly on libtorch with autograd, writes a
 * model directory. An optional dependency of the program; the library does without it.
 *
 * <p>Not API.
 */
@NullMarked
package dev.flamingostreams.training;

import org.jspecify.annotations.NullMarked;
