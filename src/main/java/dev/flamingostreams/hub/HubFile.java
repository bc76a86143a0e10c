package dev.flamingostreams.hub;

/**
 * A file as its hub announces it.
 *
 * @param path from the root of the repository, plain and relative
 * @param size in bytes
 */
public record HubFile(String path, long size, Checksum checksum) {}
