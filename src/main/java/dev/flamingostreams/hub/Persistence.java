package dev.flamingostreams.hub;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.function.LongSupplier;

/** Tries again what failed for now, waiting longer each time, until it fails too often in a row. */
final class Persistence {
  private static final int ATTEMPTS = 6;
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(60);

  /** So much between two failures, and the count starts anew. */
  private static final long PROGRESS_BYTES = 1 << 20;

  /** Something that may fail for now. */
  @FunctionalInterface
  interface Attempt<T> {
    T run() throws IOException;
  }

  private final Sleeper sleeper;
  private final PullProgress progress;

  Persistence(Sleeper sleeper, PullProgress progress) {
    this.sleeper = sleeper;
    this.progress = progress;
  }

  /**
   * The result of the first attempt that succeeds.
   *
   * @param bytes how far the attempts have come
   */
  <T> T insist(Attempt<T> attempt, LongSupplier bytes) throws IOException {
    int failures = 0;
    long before = bytes.getAsLong();
    while (true) {
      try {
        return attempt.run();
      } catch (TransientException e) {
        failures = bytes.getAsLong() - before >= PROGRESS_BYTES ? 1 : failures + 1;
        before = bytes.getAsLong();
        if (failures == ATTEMPTS) {
          throw e;
        }
        await(e, failures);
      }
    }
  }

  private void await(TransientException failure, int failures) throws IOException {
    Duration wait = Duration.ofSeconds(1L << (failures - 1));
    if (failure.serverWait().compareTo(wait) > 0) {
      wait = failure.serverWait();
    }
    wait = wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait;
    progress.note("%s; again in %d s".formatted(failure.getMessage(), wait.toSeconds()));
    try {
      sleeper.sleep(wait);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw (IOException) new InterruptedIOException("interrupted").initCause(e);
    }
  }
}
