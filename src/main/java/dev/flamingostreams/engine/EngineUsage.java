package dev.flamingostreams.engine;

import java.util.List;

/**
 * What an engine has done since it was opened, for all of its describers together.
 *
 * @param framesAsked that clips brought along; one that a batch holds several times counts once
 * @param framesFromCache of these, those that did not have to be encoded for the clip
 * @param framesEncoded for a clip or ahead of it
 * @param visionNanos spent on decoding and encoding frames
 * @param cacheBytes of the features that are kept
 * @param cacheMaxBytes that they may have
 * @param preparedDropped frames that were to be encoded ahead but found no room to wait
 * @param clips that were taken up
 * @param batches that they were taken up in
 * @param batchesBySize of one clip, of two, and so on; the last number counts those of more, too
 */
public record EngineUsage(
    long framesAsked,
    long framesFromCache,
    long framesEncoded,
    long visionNanos,
    long cacheBytes,
    long cacheMaxBytes,
    long preparedDropped,
    long clips,
    long batches,
    List<Long> batchesBySize) {
  public static final EngineUsage NONE = new EngineUsage(0, 0, 0, 0, 0, 0, 0, 0, 0);

  public EngineUsage {
    batchesBySize = List.copyOf(batchesBySize);
  }

  /** Of an engine that does not tell the sizes of its batches. */
  public EngineUsage(
      long framesAsked,
      long framesFromCache,
      long framesEncoded,
      long visionNanos,
      long cacheBytes,
      long cacheMaxBytes,
      long preparedDropped,
      long clips,
      long batches) {
    this(
        framesAsked,
        framesFromCache,
        framesEncoded,
        visionNanos,
        cacheBytes,
        cacheMaxBytes,
        preparedDropped,
        clips,
        batches,
        List.of());
  }

  /** Of the frames that clips brought along, the share that was encoded before; 0 at first. */
  public double hitRate() {
    return framesAsked == 0 ? 0 : (double) framesFromCache / framesAsked;
  }

  /** Clips of an average batch; 0 at first. */
  public double clipsPerBatch() {
    return batches == 0 ? 0 : (double) clips / batches;
  }
}
