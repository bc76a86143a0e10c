/**
 * The synthetic world that the default model learns: one object of a colour, a kind and a motion on
 * a background. Reads a seed, writes frames and their true captions; imports nothing of the
 * project.
 *
 * <p>Not API.
 */
@NullMarked
package dev.flamingostreams.training.scenes;

import org.jspecify.annotations.NullMarked;
