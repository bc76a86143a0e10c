package dev.flamingostreams.engine;

/** Graphs exist for batches of 1, 2, 4 and 8 clips. */
final class BatchSizes {
  static final int LARGEST = 8;

  private BatchSizes() {}

  /**
   * The batch to run next with so many clips waiting: the largest that they fill, or the next one
   * if no more than one place in it stays empty.
   */
  static int next(int clips) {
    int size = Math.min(LARGEST, Integer.highestOneBit(clips));
    return clips > 2 && size < LARGEST && 2 * size - clips == 1 ? 2 * size : size;
  }
}
