/**
 * Frames to clips: reads topic frames, writes {@link dev.flamingostreams.schema.Clip} to the next
 * stage. StreamWindows cuts one stream by the camera's time and knows no Kafka; {@link ClipsStage}
 * keeps it and the images in state stores. What cannot be decoded leaves by a child of its own.
 * Images that clips will probably show are handed on ahead of the clips, to be encoded by then.
 *
 * <p>Not API.
 */
@NullMarked
package dev.flamingostreams.clips;

import org.jspecify.annotations.NullMarked;
