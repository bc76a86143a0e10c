package dev.flamingostreams.captions;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Rung by the engine's threads when a clip is answered, heard by the stream thread. */
final class Bell {
  private final Semaphore rings = new Semaphore(0);

  void ring() {
    rings.release();
  }

  /** Returns after a ring, at once if it rang since the last time, or after {@code nanos}. */
  void listen(long nanos) {
    try {
      if (rings.tryAcquire(nanos, TimeUnit.NANOSECONDS)) {
        rings.drainPermits();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
