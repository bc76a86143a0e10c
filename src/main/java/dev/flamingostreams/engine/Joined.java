package dev.flamingostreams.engine;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** What other threads have done for one that waits. */
public final class Joined {
  private Joined() {}

  /** Waits; what went wrong is thrown as it was. */
  public static <T> T of(CompletableFuture<T> work) {
    try {
      return work.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException fault) {
        throw fault;
      }
      if (e.getCause() instanceof Error fault) {
        throw fault;
      }
      throw e;
    }
  }
}
