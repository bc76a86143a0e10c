package dev.flamingostreams.training;

/**
 * Learning rates of a step.
 *
 * @param ofMatrices of layers, which move by {@link Muon}; 0 if they move like the others
 */
record Rates(double ofOthers, double ofMatrices) {}
