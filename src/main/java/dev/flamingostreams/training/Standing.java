package dev.flamingostreams.training;

/**
 * Where a run stands, and what its curve needs to go on from there.
 *
 * @param step done of the stage
 * @param loss smoothed over the last steps; NaN if not known
 * @param seconds spent on the stage's steps up to here
 * @param skipped steps of the stage that moved nothing
 */
record Standing(String stage, int step, double loss, double seconds, int skipped) {

  static Standing atStartOf(String stage) {
    return new Standing(stage, 0, Double.NaN, 0, 0);
  }
}
