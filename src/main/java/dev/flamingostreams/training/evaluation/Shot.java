package dev.flamingostreams.training.evaluation;

/**
 * A decoded frame.
 *
 * @param image encoded as JPEG or PNG
 * @param captureMicros time in the video in microseconds
 */
public record Shot(byte[] image, long captureMicros) {}
