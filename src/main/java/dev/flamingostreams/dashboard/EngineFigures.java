package dev.flamingostreams.dashboard;

import java.util.List;

/**
 * What an engine has done since it was opened.
 *
 * @param framesAsked that clips brought along
 * @param framesFromCache of these, those whose features were known
 * @param framesEncoded for a clip or ahead of it
 * @param framesDropped that were to be encoded ahead but found no room to wait
 * @param batchesBySize of one clip, of two, and so on; the last number counts those of more, too
 */
public record EngineFigures(
    long framesAsked,
    long framesFromCache,
    long framesEncoded,
    long framesDropped,
    long cacheBytes,
    long cacheMaxBytes,
    long clips,
    List<Long> batchesBySize) {
  public EngineFigures {
    batchesBySize = List.copyOf(batchesBySize);
  }
}
