package dev.flamingostreams.bench.streams;

import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** Cameras that film beside a measurement, until it is over. */
public final class Filming implements AutoCloseable {
  private final Thread thread;
  private volatile boolean closed;

  /**
   * @param cameras end by themselves soon after what they are given has become true
   */
  public Filming(Consumer<BooleanSupplier> cameras) {
    thread = new Thread(() -> cameras.accept(() -> closed), "flamingo-bench-cameras");
  }

  public void start() {
    thread.start();
  }

  /** Waits until the last frame is sent. */
  @Override
  public void close() {
    closed = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
