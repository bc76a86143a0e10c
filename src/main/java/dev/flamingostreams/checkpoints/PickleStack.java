package dev.flamingostreams.checkpoints;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The values a pickle is at work on, and those it has put by. All it makes is counted. */
final class PickleStack {
  /** Ten times what a checkpoint of 100,000 tensors needs. */
  static final int MAX_VALUES = 4_000_000;

  private final List<Object> values = new ArrayList<>();
  private final Deque<Integer> marks = new ArrayDeque<>();
  private final Map<Integer, Object> memo = new HashMap<>();
  private int made;

  void push(Object value) {
    count();
    values.add(value);
  }

  private void count() {
    if (++made > MAX_VALUES) {
      throw new TorchFormatException(
          String.format(Locale.ROOT, "the pickle makes more than %,d values", MAX_VALUES));
    }
  }

  void mark() {
    count();
    marks.push(values.size());
  }

  Object pop() {
    Object top = top();
    values.remove(values.size() - 1);
    return top;
  }

  /** Nothing below the last mark can be reached before that is gone. */
  Object top() {
    if (values.size() <= (marks.isEmpty() ? 0 : marks.peek())) {
      throw new TorchFormatException("the pickle takes from an empty stack");
    }
    return values.get(values.size() - 1);
  }

  <T> T top(Class<T> type) {
    if (!type.isInstance(top())) {
      throw new TorchFormatException(
          "the pickle has a %s where a %s is due"
              .formatted(top().getClass().getSimpleName(), type.getSimpleName()));
    }
    return type.cast(top());
  }

  <T> T pop(Class<T> type) {
    T top = top(type);
    pop();
    return top;
  }

  /** The last so many, in the order in which they were pushed. */
  List<Object> pop(int count) {
    List<Object> popped = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      popped.add(0, pop());
    }
    return popped;
  }

  List<Object> popToMark() {
    if (marks.isEmpty()) {
      throw new TorchFormatException("the pickle goes back to a mark that it has not set");
    }
    List<Object> tail = values.subList(marks.pop(), values.size());
    List<Object> popped = new ArrayList<>(tail);
    tail.clear();
    return popped;
  }

  void memoize() {
    put(memo.size());
  }

  void put(long key) {
    if (key >= MAX_VALUES) {
      throw new TorchFormatException("the pickle puts a value by as number %d".formatted(key));
    }
    memo.put((int) key, top());
  }

  void get(long key) {
    Object value = key < MAX_VALUES ? memo.get((int) key) : null;
    if (value == null) {
      throw new TorchFormatException(
          "the pickle asks for number %d, which it has not put by".formatted(key));
    }
    push(value);
  }
}
