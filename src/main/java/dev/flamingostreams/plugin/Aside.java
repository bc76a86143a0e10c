package dev.flamingostreams.plugin;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/** Work that a host's start waits for, done side by side. */
final class Aside {
  /** Threads have the class loader of the one that asks: a host's settings name classes of its. */
  static final Executor THREADS = Aside::start;

  private Aside() {}

  static <T> CompletableFuture<T> begin(Supplier<T> work) {
    return CompletableFuture.supplyAsync(work, THREADS);
  }

  private static void start(Runnable work) {
    Thread thread = new Thread(work, "flamingo-check");
    thread.setDaemon(true);
    thread.start();
  }
}
