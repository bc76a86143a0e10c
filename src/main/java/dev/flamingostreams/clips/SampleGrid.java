package dev.flamingostreams.clips;

import java.util.ArrayList;
import java.util.List;

/**
 * Picks the frames of a window that lie nearest to evenly spaced points: of all ways to give points
 * frames in order, each within one step of its point and none twice, the one that serves most
 * points, and of those the one with the least total distance.
 */
final class SampleGrid {
  private final long length;
  private final int points;

  /**
   * @param length of the window in microseconds
   * @param points the first at the window's start, then one every length / points
   */
  SampleGrid(long length, int points) {
    this.length = length;
    this.points = points;
  }

  /** The picked ones of {@code times}, which increase and lie in the window at {@code start}. */
  List<Long> pick(long start, long[] times) {
    long[][] best = scores(start, times);
    List<Long> picked = new ArrayList<>();
    int point = 0;
    int frame = 0;
    while (point < points && frame < times.length) {
      long score = best[point][frame];
      if (score == served(start, point, times[frame], best[point + 1][frame + 1])) {
        picked.add(times[frame++]);
        point++;
      } else if (score == best[point + 1][frame]) {
        point++;
      } else {
        frame++;
      }
    }
    return picked;
  }

  // best[p][f]: the score of points p.. with frames f.., a point served outweighing all distances.
  private long[][] scores(long start, long[] times) {
    long[][] best = new long[points + 1][times.length + 1];
    for (int point = points - 1; point >= 0; point--) {
      for (int frame = times.length - 1; frame >= 0; frame--) {
        best[point][frame] =
            Math.max(
                served(start, point, times[frame], best[point + 1][frame + 1]),
                Math.max(best[point + 1][frame], best[point][frame + 1]));
      }
    }
    return best;
  }

  private long served(long start, int point, long time, long rest) {
    long distance = Math.abs(time - (start + point * length / points));
    return distance * points < length ? rest + length + 1 - distance : -1;
  }
}
