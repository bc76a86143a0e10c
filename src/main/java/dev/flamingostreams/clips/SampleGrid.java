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
    return pick(start, times, 0, points, points);
  }

  /**
   * The same for the points from {@code first} to {@code last}, exclusive, as if there were no
   * others; without what is picked for the points from {@code until} on.
   */
  List<Long> pick(long start, long[] times, int first, int last, int until) {
    long[][] best = scores(start, times, first, last);
    List<Long> picked = new ArrayList<>();
    int point = first;
    int frame = 0;
    while (point < until && frame < times.length) {
      long score = best[point - first][frame];
      if (score == served(start, point, times[frame], best[point - first + 1][frame + 1])) {
        picked.add(times[frame++]);
        point++;
      } else if (score == best[point - first + 1][frame]) {
        point++;
      } else {
        frame++;
      }
    }
    return picked;
  }

  // best[p][f]: the score of the p-th point on and of frames f.., a point served outweighing all
  // distances.
  private long[][] scores(long start, long[] times, int first, int last) {
    long[][] best = new long[last - first + 1][times.length + 1];
    for (int point = last - 1; point >= first; point--) {
      long[] here = best[point - first];
      long[] next = best[point - first + 1];
      for (int frame = times.length - 1; frame >= 0; frame--) {
        here[frame] =
            Math.max(
                served(start, point, times[frame], next[frame + 1]),
                Math.max(next[frame], here[frame + 1]));
      }
    }
    return best;
  }

  private long served(long start, int point, long time, long rest) {
    long distance = Math.abs(time - point(start, point));
    return distance * points < length ? rest + length + 1 - distance : -1;
  }

  /** When a point of the window is. */
  long point(long start, int number) {
    return start + number * length / points;
  }

  /** From one point to the next, rounded up. */
  long step() {
    return (length + points - 1) / points;
  }

  /** How many of the window's points lie at or before {@code time}. */
  int pointsUntil(long start, long time) {
    if (time < start) {
      return 0;
    }
    long within = Math.min(time - start, length - 1);
    return (int) (((within + 1) * points + length - 1) / length);
  }
}
