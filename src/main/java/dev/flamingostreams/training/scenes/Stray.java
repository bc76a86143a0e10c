package dev.flamingostreams.training.scenes;

/**
 * An object that is not spoken of.
 *
 * @param strange whether the language has no word for it; else it is one of a crowd
 */
public record Stray(Figure figure, Course course, boolean strange) {}
