package dev.flamingostreams.clips;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * The capture times that a finite source has gone through to its end, newest last. When it is sent
 * again its frames are known by them.
 */
final class EndedRanges {
  private static final int MOST = 32;

  private record Range(long first, long last) {
    boolean touches(Range other) {
      return first <= other.last && other.first <= last;
    }

    Range with(Range other) {
      return new Range(Math.min(first, other.first), Math.max(last, other.last));
    }
  }

  private final Deque<Range> ranges = new ArrayDeque<>();

  static EndedRanges read(ByteBuffer in) {
    EndedRanges ended = new EndedRanges();
    for (int left = in.getInt(); left > 0; left--) {
      ended.ranges.add(new Range(in.getLong(), in.getLong()));
    }
    return ended;
  }

  void write(ByteBuffer out) {
    out.putInt(ranges.size());
    ranges.forEach(range -> out.putLong(range.first()).putLong(range.last()));
  }

  int bytes() {
    return Integer.BYTES + ranges.size() * 2 * Long.BYTES;
  }

  void add(long first, long last) {
    Range added = new Range(first, last);
    List<Range> touching = new ArrayList<>();
    for (Range range : ranges) {
      if (range.touches(added)) {
        touching.add(range);
        added = added.with(range);
      }
    }
    ranges.removeAll(touching);
    ranges.add(added);
    if (ranges.size() > MOST) {
      ranges.removeFirst();
    }
  }

  boolean contains(long time) {
    return ranges.stream().anyMatch(range -> range.first() <= time && time <= range.last());
  }
}
