package dev.flamingostreams.engine;

import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Goes off when so much time has passed between its starts and stops. For one thread. */
final class Alarm {
  private final ScheduledExecutorService clock;
  private final Runnable task;
  private long leftNanos;
  private long startedNanos;
  private @Nullable ScheduledFuture<?> running;

  Alarm(ScheduledExecutorService clock, Duration after, Runnable task) {
    this.clock = clock;
    this.leftNanos = after.toNanos();
    this.task = task;
  }

  void start() {
    startedNanos = System.nanoTime();
    running = clock.schedule(task, leftNanos, TimeUnit.NANOSECONDS);
  }

  void stop() {
    if (running != null) {
      running.cancel(false);
      running = null;
      leftNanos -= System.nanoTime() - startedNanos;
    }
  }
}
