/**
 * Reads released checkpoints (a vision encoder, a language model, and what Flamingo learnt on top
 * of them), writes model directories. A layout is a class that knows how one project names and
 * shapes its tensors: those names appear there and nowhere else. Every tensor of a checkpoint is
 * used once, or known to be of no use, or named in an error.
 *
 * <p>Not API.
 */
@NullMarked
package dev.flamingostreams.conversion;

import org.jspecify.annotations.NullMarked;
