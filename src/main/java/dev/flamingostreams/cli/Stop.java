package dev.flamingostreams.cli;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

/** Lets an interrupt from the keyboard or a service manager end a command in good order. */
final class Stop implements AutoCloseable {
  private final CompletableFuture<Void> asked = new CompletableFuture<>();
  private final CountDownLatch closed = new CountDownLatch(1);

  Stop() {
    Runtime.getRuntime().addShutdownHook(new Thread(this::interrupted, "flamingo-stop"));
  }

  /** Completes when the process is asked to end. */
  CompletableFuture<Void> asked() {
    return asked;
  }

  /** To be called when all else is closed: the process waits for it. */
  @Override
  public void close() {
    closed.countDown();
  }

  private void interrupted() {
    asked.complete(null);
    try {
      closed.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
