package dev.flamingostreams.training;

/**
 * A media and the text that belongs to it, as tokens.
 *
 * @param answer index of the first token that the model is to say
 */
record Chunk(int[] tokens, int answer) {}
