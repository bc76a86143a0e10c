package dev.flamingostreams.conversion;

/** Is told how far an import is. */
@FunctionalInterface
public interface ImportProgress {
  /**
   * A weight was written.
   *
   * @param done weights so far
   * @param bytes written so far
   */
  void written(int done, int all, long bytes, long allBytes);
}
