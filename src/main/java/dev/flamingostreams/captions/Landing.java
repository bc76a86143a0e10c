package dev.flamingostreams.captions;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.streams.processor.TaskId;

/**
 * A stop in good order: no clip goes to the engine any more, those that have gone are waited for,
 * and what is not answered in time is taken back. So a clip is blamed for the end of a process only
 * if that ended with the clip in flight and not because it was told to. Thread-safe.
 */
public final class Landing {
  private static final Duration LOOK_EVERY = Duration.ofMillis(10);

  private final Map<TaskId, Integer> aloft = new ConcurrentHashMap<>();
  private volatile boolean begun;
  private volatile boolean over;

  /**
   * Returns when no clip of any task is in flight.
   *
   * @param most how long clips in flight are waited for, and as long again until they are taken
   *     back, for which each task must be at work
   */
  public void bringDown(Duration most) {
    begun = true;
    await(most);
    over = true;
    await(most);
  }

  /** Whether no clip may start. */
  boolean hasBegun() {
    return begun;
  }

  /** Whether clips in flight are to be taken back. */
  boolean isOver() {
    return over;
  }

  void report(TaskId task, int clips) {
    aloft.put(task, clips);
  }

  void leave(TaskId task) {
    aloft.remove(task);
  }

  private void await(Duration most) {
    long end = System.nanoTime() + most.toNanos();
    while (aloft.values().stream().anyMatch(clips -> clips > 0)
        && System.nanoTime() < end
        && !Thread.currentThread().isInterrupted()) {
      LockSupport.parkNanos(LOOK_EVERY.toNanos());
    }
  }
}
