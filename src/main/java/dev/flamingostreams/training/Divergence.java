package dev.flamingostreams.training;

/**
 * Counts the steps whose loss or gradient is no number. One is left out, and the run goes on; many
 * in a row mean that it is lost.
 */
final class Divergence {
  static final String ADVICE =
      "Start again to go on from it; if it ends like this once more, begin in another directory"
          + " with another --seed";
  static final int MOST_IN_A_ROW = 10;

  private int inARow;
  private int skipped;

  Divergence(int skipped) {
    this.skipped = skipped;
  }

  /**
   * @throws TrainingException if the run is lost
   */
  void heed(String stage, int step, double loss, double gradientNorm) {
    if (Double.isFinite(loss) && Double.isFinite(gradientNorm)) {
      inARow = 0;
      return;
    }
    inARow++;
    skipped++;
    if (inARow >= MOST_IN_A_ROW) {
      throw new TrainingException(
          "stage %s has diverged: %d steps in a row, up to step %d, gave no number (loss %s, gradient norm %s); the last good checkpoint is kept. %s"
              .formatted(stage, inARow, step, loss, gradientNorm, ADVICE));
    }
  }

  boolean isDiverging() {
    return inARow > 0;
  }

  int skipped() {
    return skipped;
  }
}
