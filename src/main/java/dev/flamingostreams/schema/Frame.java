package dev.flamingostreams.schema;

/**
 * One picture of a stream.
 *
 * @param captureMicros when it was taken, in microseconds of the camera's clock (since the epoch,
 *     or since the start of a file)
 * @param image encoded, JPEG or PNG
 */
public record Frame(long captureMicros, byte[] image) {}
