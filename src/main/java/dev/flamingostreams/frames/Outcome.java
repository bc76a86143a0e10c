package dev.flamingostreams.frames;

import org.jspecify.annotations.Nullable;

/**
 * How a camera's ingest ended.
 *
 * @param frames sent and acknowledged, unless there is an error
 * @param bytes of their images
 * @param error one line, or null if all went well
 * @param cause of an error, if it is not the file's own end
 */
public record Outcome(
    Camera camera, long frames, long bytes, @Nullable String error, @Nullable Throwable cause) {}
