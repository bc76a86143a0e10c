package dev.flamingostreams.training;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.LongFunction;

/** Batches made ahead of the step that needs them; a batch depends on its number alone. */
final class Feed<T> implements AutoCloseable {
  private static final int AHEAD = 4;

  private final LongFunction<T> batches;
  private final ExecutorService maker =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread thread = new Thread(task, "training-feed");
            thread.setDaemon(true);
            return thread;
          });
  private final Queue<Future<T>> ready = new ArrayDeque<>();
  private long next;

  Feed(long first, LongFunction<T> batches) {
    this.next = first;
    this.batches = batches;
  }

  T take() {
    while (ready.size() < AHEAD) {
      long number = next++;
      ready.add(maker.submit(() -> batches.apply(number)));
    }
    try {
      return ready.remove().get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for training data", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("cannot make training data: " + e.getCause(), e.getCause());
    }
  }

  /** Waits for the batch that is being made. */
  @Override
  public void close() {
    maker.shutdownNow();
    try {
      if (!maker.awaitTermination(1, TimeUnit.MINUTES)) {
        throw new IllegalStateException("a batch of training data takes longer than a minute");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
