package dev.flamingostreams.clips;

import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.NavigableMap;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/**
 * The frames of a stream that have not met their fate, by capture time, and what is known of it.
 */
final class Buffered {
  private static final byte IN_SHORT_WINDOW = 1;
  private static final byte COVERED = 2;
  private static final byte PICKED = 4;
  private static final byte FORESEEN = 8;

  private final TreeMap<Long, Held> frames = new TreeMap<>();
  private long imageBytes;

  private record Held(byte marks, int imageBytes) {
    boolean is(byte mark) {
      return (marks & mark) != 0;
    }

    Held with(byte mark) {
      return new Held((byte) (marks | mark), imageBytes);
    }
  }

  static Buffered read(ByteBuffer in) {
    Buffered frames = new Buffered();
    for (int left = in.getInt(); left > 0; left--) {
      frames.put(in.getLong(), new Held(in.get(), in.getInt()));
    }
    return frames;
  }

  /** From a state that did not tell how large images are: they count as nothing. */
  static Buffered readUnsized(ByteBuffer in) {
    Buffered frames = new Buffered();
    for (int left = in.getInt(); left > 0; left--) {
      frames.put(in.getLong(), new Held(in.get(), 0));
    }
    return frames;
  }

  void write(ByteBuffer out) {
    out.putInt(frames.size());
    frames.forEach((time, held) -> out.putLong(time).put(held.marks).putInt(held.imageBytes));
  }

  int bytes() {
    return Integer.BYTES + frames.size() * (Long.BYTES + 1 + Integer.BYTES);
  }

  int size() {
    return frames.size();
  }

  /** Of all images together. */
  long imageBytes() {
    return imageBytes;
  }

  /** A frame at a time that is new. */
  void add(long time, int bytes) {
    put(time, new Held((byte) 0, bytes));
  }

  private void put(long time, Held held) {
    frames.put(time, held);
    imageBytes += held.imageBytes;
  }

  boolean contains(long time) {
    return frames.containsKey(time);
  }

  /** Whether there is a time from {@code first} to {@code last}, both inclusive. */
  boolean anyBetween(long first, long last) {
    Long time = frames.ceilingKey(first);
    return time != null && time <= last;
  }

  /** The first time not before {@code time}; only if there is one. */
  long firstFrom(long time) {
    return frames.tailMap(time, true).firstKey();
  }

  /**
   * The first time from {@code previous} up to {@code last} that follows the one before it by more
   * than the gap.
   */
  OptionalLong firstAfterGap(long previous, long gap, long last) {
    if (previous > last) {
      return OptionalLong.empty();
    }
    long before = previous;
    for (long time : frames.subMap(previous, true, last, true).keySet()) {
      if (time - before > gap) {
        return OptionalLong.of(time);
      }
      before = time;
    }
    return OptionalLong.empty();
  }

  /** Times from {@code start}, inclusive, to {@code end}, exclusive. */
  long[] between(long start, long end) {
    return window(start, end).keySet().stream().mapToLong(Long::longValue).toArray();
  }

  void markShort(long start, long end) {
    window(start, end).replaceAll((time, held) -> held.with(IN_SHORT_WINDOW));
  }

  void markClip(long start, long end, Collection<Long> picked) {
    window(start, end).replaceAll((time, held) -> held.with(COVERED));
    picked.forEach(time -> mark(time, PICKED));
  }

  /** Whether nobody knew before that a clip will probably show this frame. */
  boolean markForeseen(long time) {
    Held held = frames.get(time);
    return held != null && !held.is(FORESEEN) && mark(time, FORESEEN);
  }

  private boolean mark(long time, byte mark) {
    return frames.computeIfPresent(time, (key, held) -> held.with(mark)) != null;
  }

  /** Removes the frames before {@code time} and tells the fate of each. */
  void settleBefore(long time, BiConsumer<Long, Fate> settled) {
    NavigableMap<Long, Held> past = frames.headMap(time, false);
    past.forEach(
        (micros, held) -> {
          imageBytes -= held.imageBytes;
          settled.accept(micros, fate(held));
        });
    past.clear();
  }

  private NavigableMap<Long, Held> window(long start, long end) {
    return frames.subMap(start, true, end, false);
  }

  private static Fate fate(Held held) {
    if (held.is(PICKED)) {
      return Fate.IN_CLIP;
    }
    return held.is(IN_SHORT_WINDOW) && !held.is(COVERED) ? Fate.SHORT_WINDOW : Fate.BETWEEN_SAMPLES;
  }
}
