package dev.flamingostreams.clips;

import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.NavigableMap;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/** The capture times of a stream's frames that have not met their fate, and what is known of it. */
final class Buffered {
  private static final byte IN_SHORT_WINDOW = 1;
  private static final byte COVERED = 2;
  private static final byte PICKED = 4;

  private final TreeMap<Long, Byte> marks = new TreeMap<>();

  static Buffered read(ByteBuffer in) {
    Buffered frames = new Buffered();
    for (int left = in.getInt(); left > 0; left--) {
      frames.marks.put(in.getLong(), in.get());
    }
    return frames;
  }

  void write(ByteBuffer out) {
    out.putInt(marks.size());
    marks.forEach((time, mark) -> out.putLong(time).put(mark));
  }

  int bytes() {
    return Integer.BYTES + marks.size() * (Long.BYTES + 1);
  }

  int size() {
    return marks.size();
  }

  /** Whether the time was new. */
  boolean add(long time) {
    return marks.putIfAbsent(time, (byte) 0) == null;
  }

  boolean contains(long time) {
    return marks.containsKey(time);
  }

  /** Whether there is a time from {@code first} to {@code last}, both inclusive. */
  boolean anyBetween(long first, long last) {
    Long time = marks.ceilingKey(first);
    return time != null && time <= last;
  }

  /** The first time not before {@code time}; only if there is one. */
  long firstFrom(long time) {
    return marks.tailMap(time, true).firstKey();
  }

  /** The first time up to {@code last} that follows the one before it by more than the gap. */
  OptionalLong firstAfterGap(long previous, long gap, long last) {
    long before = previous;
    for (long time : marks.headMap(last, true).keySet()) {
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
    window(start, end).replaceAll((time, mark) -> (byte) (mark | IN_SHORT_WINDOW));
  }

  void markClip(long start, long end, Collection<Long> picked) {
    window(start, end).replaceAll((time, mark) -> (byte) (mark | COVERED));
    picked.forEach(time -> marks.merge(time, PICKED, (old, mark) -> (byte) (old | mark)));
  }

  /** Removes the frames before {@code time} and tells the fate of each. */
  void settleBefore(long time, BiConsumer<Long, Fate> settled) {
    NavigableMap<Long, Byte> past = marks.headMap(time, false);
    past.forEach((micros, mark) -> settled.accept(micros, fate(mark)));
    past.clear();
  }

  private NavigableMap<Long, Byte> window(long start, long end) {
    return marks.subMap(start, true, end, false);
  }

  private static Fate fate(byte mark) {
    if ((mark & PICKED) != 0) {
      return Fate.IN_CLIP;
    }
    return (mark & (COVERED | IN_SHORT_WINDOW)) == IN_SHORT_WINDOW
        ? Fate.SHORT_WINDOW
        : Fate.BETWEEN_SAMPLES;
  }
}
