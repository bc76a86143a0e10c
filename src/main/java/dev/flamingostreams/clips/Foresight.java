package dev.flamingostreams.clips;

import java.util.OptionalLong;
import java.util.function.LongConsumer;

/**
 * Tells which frames windows will probably pick, before the windows close. A point of a window's
 * grid is looked at once, when the clock is a step past it: a frame that comes later cannot lie
 * nearer, unless it is late. So a frame is foreseen in vain only if a late one takes its place, or
 * if its window ends with too few frames.
 *
 * <p>A look costs the frames around the points that are new, not those of the window.
 */
final class Foresight {
  /** Points before the new ones: what was picked for them decides what is left for these. */
  private static final int LOOK_BACK = 2;

  private final Cut cut;
  private final Buffered frames;
  private final SampleGrid grid;
  private final long from;
  private final long clock;

  /**
   * @param from the clock at the last look, and {@code clock} at this
   */
  Foresight(Cut cut, Buffered frames, long from, long clock) {
    this.cut = cut;
    this.frames = frames;
    this.from = from;
    this.clock = clock;
    grid = new SampleGrid(cut.length(), cut.samples());
  }

  /**
   * Looks at the open windows from {@code start} on, and at those of sessions that follow.
   *
   * @param previous the last frame of the session before {@code start}
   */
  void look(long start, long previous, LongConsumer foreseen) {
    OptionalLong next = frames.firstAfterGap(previous, cut.gap(), clock);
    windows(start, next.orElse(Long.MAX_VALUE), foreseen);
    if (next.isPresent()) {
      look(cut.firstStart(next.getAsLong()), next.getAsLong(), foreseen);
    }
  }

  /** Windows with points between the clocks, of a session whose frames lie before {@code limit}. */
  private void windows(long first, long limit, LongConsumer foreseen) {
    long start = cut.skip(first, from - grid.step());
    while (start <= clock && frames.anyBetween(start, limit - 1)) {
      start = cut.skip(start, frames.firstFrom(start));
      window(start, Math.min(start + cut.length(), limit), foreseen);
      start += cut.hop();
    }
  }

  private void window(long start, long end, LongConsumer foreseen) {
    int known = grid.pointsUntil(start, from - grid.step());
    int due = grid.pointsUntil(start, clock - grid.step());
    if (known == due) {
      return;
    }
    int first = Math.max(0, known - LOOK_BACK);
    int last = Math.min(cut.samples(), due + 1);
    long[] around =
        frames.between(
            Math.max(start, grid.point(start, first) - grid.step()),
            Math.min(end, grid.point(start, last) + grid.step()));
    for (long time : grid.pick(start, around, first, last, due)) {
      if (frames.markForeseen(time)) {
        foreseen.accept(time);
      }
    }
  }
}
