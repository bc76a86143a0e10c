package dev.flamingostreams.clips;

import dev.flamingostreams.schema.Clip;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;

/**
 * Cuts one stream into clips by the camera's time. Knows capture times only: its caller keeps the
 * images of the frames that {@link #frame} takes until they are settled and in no open clip.
 *
 * <p>A frame behind the clock by more than the grace is late; so everything before that horizon is
 * known, and nothing is decided that is not. A session begins at its smallest capture time and ends
 * at a silence longer than the session gap. Its windows hop from there, each closed when the
 * horizon has reached its end. So clips depend on the frames alone, not on how they were batched
 * or, within the grace, ordered.
 *
 * <p>A run ends when the clock jumps back by more than the gap, or when the source ends; capture
 * times are told apart by run.
 */
public final class StreamWindows {
  /** Capture times lie within ±36,000 years, so that sums of them cannot overflow. */
  static final long MOST_MICROS = 1L << 60;

  static final int MOST_BUFFERED = 20_000;
  private static final byte UNSIZED = 1;
  private static final byte VERSION = 2;
  private static final int HEADER_BYTES = 3 + Cut.BYTES + 6 * Long.BYTES;

  /** Where clips and settled frames go. */
  public interface Outcome {
    void clip(Clip clip);

    /** The session of the clips to come began at this capture time, its smallest. */
    default void begun(long anchorMicros) {}

    /** No window will look at this frame again; it is told once for each frame. */
    void settled(long run, long captureMicros, Fate fate);

    /** A clip will probably show this frame; it is told once at most, and before it is settled. */
    default void foreseen(long run, long captureMicros) {}
  }

  private final String stream;
  private final Cut cut;
  private final EndedRanges ended;
  private final Buffered frames;
  private final long maxBuffered;
  private long run;
  private boolean open;
  private boolean begun;
  private long clock;
  private long oldest;
  private long newest;
  private long nextStart;
  private long previous;
  private long foreseenUntil;
  private boolean reachHasMoved;

  public StreamWindows(String stream, ClipRules rules) {
    this(stream, Cut.of(rules), rules.maxBuffered(), new EndedRanges(), new Buffered());
  }

  private StreamWindows(
      String stream, Cut cut, long maxBuffered, EndedRanges ended, Buffered frames) {
    this.stream = stream;
    this.cut = cut;
    this.maxBuffered = maxBuffered;
    this.ended = ended;
    this.frames = frames;
  }

  /** Format 1, which had no sizes of images, is read too; it is over when its windows are. */
  static StreamWindows read(String stream, byte[] state, long maxBuffered) {
    ByteBuffer in = ByteBuffer.wrap(state);
    byte version = in.get();
    if (version != VERSION && version != UNSIZED) {
      throw new IllegalStateException(
          "windows of stream '%s' were stored by another release (format %d, not %d); reset the"
                  .formatted(stream, version, VERSION)
              + " application or go back to that release");
    }
    boolean open = in.get() != 0;
    boolean begun = in.get() != 0;
    Cut cut = Cut.read(in);
    long[] fields = new long[6];
    Arrays.setAll(fields, i -> in.getLong());
    EndedRanges ended = EndedRanges.read(in);
    Buffered frames = version == UNSIZED ? Buffered.readUnsized(in) : Buffered.read(in);
    StreamWindows windows = new StreamWindows(stream, cut, maxBuffered, ended, frames);
    windows.open = open;
    windows.begun = begun;
    windows.run = fields[0];
    windows.clock = fields[1];
    windows.oldest = fields[2];
    windows.newest = fields[3];
    windows.nextStart = fields[4];
    windows.previous = fields[5];
    windows.foreseenUntil = windows.clock;
    return windows;
  }

  byte[] write() {
    ByteBuffer out = ByteBuffer.allocate(HEADER_BYTES + ended.bytes() + frames.bytes());
    out.put(VERSION).put((byte) (open ? 1 : 0)).put((byte) (begun ? 1 : 0));
    cut.write(out);
    out.putLong(run).putLong(clock).putLong(oldest).putLong(newest);
    out.putLong(nextStart).putLong(previous);
    ended.write(out);
    frames.write(out);
    return out.array();
  }

  /** Whether it was cut by these rules so far. */
  boolean follows(Cut rules) {
    return cut.equals(rules);
  }

  /** The same stream under other rules, once its run is over. */
  StreamWindows under(Cut rules) {
    StreamWindows windows = new StreamWindows(stream, rules, maxBuffered, ended, new Buffered());
    windows.run = run;
    windows.reachHasMoved = reachHasMoved;
    return windows;
  }

  /** The run of the frame taken last. */
  public long run() {
    return run;
  }

  /** No window to come needs a frame of this run before this time. */
  long reach() {
    return begun ? nextStart : Long.MIN_VALUE;
  }

  /** Frames that are not settled. */
  public int buffered() {
    return frames.size();
  }

  /** Bytes of their images. */
  long bufferedBytes() {
    return frames.imageBytes();
  }

  /** Whether {@link #reach} differs from what it was when this was created or read. */
  boolean reachHasMoved() {
    return reachHasMoved;
  }

  boolean isOpen() {
    return open;
  }

  /**
   * A frame arrives, with an image of so many bytes. Whether it is taken; if not, its fate has been
   * told. A clock that jumps back ends the run before it.
   */
  public boolean frame(long captureMicros, int imageBytes, Outcome outcome) {
    if (!isTime(captureMicros)) {
      return refused(captureMicros, Fate.UNDECODABLE, outcome);
    }
    long horizon = clock - cut.grace();
    if (!open || captureMicros < horizon - cut.gap()) {
      if (ended.contains(captureMicros)) {
        return refused(captureMicros, Fate.DUPLICATE, outcome);
      }
      interrupt(false, outcome);
      open(captureMicros);
    } else if (captureMicros < horizon) {
      return refused(captureMicros, Fate.LATE, outcome);
    } else if (frames.contains(captureMicros)) {
      return refused(captureMicros, Fate.DUPLICATE, outcome);
    }
    // a frame that finds no room has been seen: the clock must not stand still while windows are
    // full
    clock = Math.max(clock, captureMicros);
    if (!hasRoom(imageBytes, outcome)) {
      return refused(captureMicros, Fate.EXCESS, outcome);
    }
    frames.add(captureMicros, imageBytes);
    oldest = Math.min(oldest, captureMicros);
    newest = Math.max(newest, captureMicros);
    return true;
  }

  // Windows that are due make room first: whether there is any must not depend on the batching.
  private boolean hasRoom(int imageBytes, Outcome outcome) {
    if (isFull(imageBytes)) {
      closeDue(outcome);
    }
    return !isFull(imageBytes);
  }

  private boolean isFull(int imageBytes) {
    return frames.size() >= MOST_BUFFERED || frames.imageBytes() + imageBytes > maxBuffered;
  }

  /** The camera is silent until then; only its clock moves. */
  public void idleUntil(long micros) {
    if (open && isTime(micros)) {
      clock = Math.max(clock, micros);
    }
  }

  /** Closes the windows whose end the clock has passed by the grace. */
  public void closeDue(Outcome outcome) {
    if (open) {
      closeUntil(clock - cut.grace(), false, outcome);
    }
  }

  /** Tells which frames clips will probably show, of those that were not foreseen so far. */
  public void foresee(Outcome outcome) {
    if (open && clock > foreseenUntil && frames.size() > 0) {
      long first = frames.firstFrom(Long.MIN_VALUE);
      new Foresight(cut, frames, foreseenUntil, clock)
          .look(
              begun ? nextStart : cut.firstStart(first),
              begun ? previous : first,
              micros -> outcome.foreseen(run, micros));
      foreseenUntil = clock;
    }
  }

  /** The source has ended: closes all windows. Its frames are known if it is sent again. */
  public void end(Outcome outcome) {
    if (open) {
      ended.add(oldest, newest);
    }
    interrupt(false, outcome);
  }

  /** Closes all windows; the next frame opens a run. */
  void interrupt(boolean flushed, Outcome outcome) {
    if (open) {
      closeUntil(Long.MAX_VALUE, flushed, outcome);
      open = false;
      begun = false;
      run++;
      reachHasMoved = true;
    }
  }

  /** Whether it is a capture time that windows can be counted with. */
  static boolean isTime(long micros) {
    return micros >= -MOST_MICROS && micros <= MOST_MICROS;
  }

  private boolean refused(long captureMicros, Fate fate, Outcome outcome) {
    outcome.settled(run, captureMicros, fate);
    return false;
  }

  private void open(long captureMicros) {
    open = true;
    foreseenUntil = captureMicros - cut.grace() - 1;
    clock = captureMicros;
    oldest = captureMicros;
    newest = captureMicros;
  }

  /** Decides what is certain when no frame before the horizon can come any more. */
  private void closeUntil(long horizon, boolean flushed, Outcome outcome) {
    while (begun || frames.anyBetween(Long.MIN_VALUE, horizon)) {
      if (!begun) {
        begin(frames.firstFrom(Long.MIN_VALUE), outcome);
      }
      OptionalLong next = frames.firstAfterGap(previous, cut.gap(), horizon);
      closeWindows(
          next.orElse(Long.MAX_VALUE),
          next.isPresent() ? Long.MAX_VALUE : horizon,
          flushed,
          outcome);
      if (next.isEmpty()) {
        // the second bound matters if windows lie apart: a duplicate may still come
        settleBefore(horizon == Long.MAX_VALUE ? horizon : Math.min(nextStart, horizon), outcome);
        return;
      }
      settleBefore(next.getAsLong(), outcome);
      begun = false;
    }
  }

  private void begin(long anchor, Outcome outcome) {
    outcome.begun(anchor);
    begun = true;
    previous = anchor;
    nextStart = cut.firstStart(anchor);
  }

  /** Closes the windows of a session whose frames lie before {@code limit}. */
  private void closeWindows(long limit, long horizon, boolean flushed, Outcome outcome) {
    while (frames.anyBetween(nextStart, limit - 1)) {
      long start = cut.skip(nextStart, frames.firstFrom(nextStart));
      long end = start + cut.length();
      if (end > horizon) {
        return;
      }
      closeWindow(start, Math.min(end, limit), flushed, outcome);
    }
  }

  private void closeWindow(long start, long framesEnd, boolean flushed, Outcome outcome) {
    nextStart = start + cut.hop();
    reachHasMoved = true;
    List<Long> picked =
        new SampleGrid(cut.length(), cut.samples()).pick(start, frames.between(start, framesEnd));
    if (picked.size() < cut.minFrames()) {
      frames.markShort(start, framesEnd);
      return;
    }
    frames.markClip(start, framesEnd, picked);
    outcome.clip(new Clip(id(start), stream, run, start, start + cut.length(), picked, flushed));
  }

  private void settleBefore(long time, Outcome outcome) {
    frames.settleBefore(
        time,
        (micros, fate) -> {
          previous = Math.max(previous, micros);
          outcome.settled(run, micros, fate);
        });
  }

  // Aligned to the epoch an id must not depend on how often the clock was set back.
  private String id(long start) {
    String window = stream + "@" + start; // not formatted, which some languages do in other digits
    return cut.epoch() ? window + "." + cut.hash() : window + "." + run + "." + cut.hash();
  }
}
