package dev.flamingostreams.training.scenes;

/**
 * The object at one moment.
 *
 * @param x centre as a fraction of the frame's width
 * @param y centre as a fraction of the frame's height, downwards
 * @param size of the longer side as a fraction of the frame's height
 */
public record State(double x, double y, double size, boolean visible) {}
