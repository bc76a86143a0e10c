package dev.flamingostreams.tensorrt;

import java.util.ArrayDeque;
import java.util.Deque;

/** TensorRT's objects, which no garbage collector frees: destroyed in reverse. */
final class Owned implements AutoCloseable {
  private final Deque<Runnable> destructions = new ArrayDeque<>();

  void add(Runnable destruction) {
    destructions.push(destruction);
  }

  @Override
  public void close() {
    while (!destructions.isEmpty()) {
      destructions.pop().run();
    }
  }
}
