package dev.flamingostreams.dashboard;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * The last items of a kind, numbered from 1 in the order in which they came. A reader keeps the
 * number of the last one it has seen; nothing is kept for it. Not thread-safe.
 */
final class News<T> {
  private final int most;
  private final Deque<T> items = new ArrayDeque<>();
  private long last;

  News(int most) {
    this.most = most;
  }

  void add(T item) {
    items.addLast(item);
    last++;
    if (items.size() > most) {
      items.removeFirst();
    }
  }

  /** The number of the newest, 0 if there was none. */
  long last() {
    return last;
  }

  /** Whether what came after that one is kept without a gap. */
  boolean follows(long seen) {
    return seen >= last - items.size() && seen <= last;
  }

  /** What came after that one, at most so many, the oldest first. */
  List<T> after(long seen, int limit) {
    List<T> found = new ArrayList<>();
    long number = last - items.size();
    for (T item : items) {
      if (++number > seen && found.size() < limit) {
        found.add(item);
      }
    }
    return found;
  }
}
