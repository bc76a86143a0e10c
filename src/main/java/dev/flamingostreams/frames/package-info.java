/**
 * Video in: reads cameras and files through JavaCV, samples them, and writes frame batches to topic
 * {@code frames}. Writes H.264 files too, so that what the project renders takes the same way in.
 *
 * <p>Not API.
 */
@NullMarked
package dev.flamingostreams.frames;

import org.jspecify.annotations.NullMarked;
