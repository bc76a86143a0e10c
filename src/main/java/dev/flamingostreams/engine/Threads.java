package dev.flamingostreams.engine;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadFactory;
import java.util.function.Supplier;

final class Threads {
  private Threads() {}

  /** Daemons that find DJL's engines, whatever loader the host's threads have. */
  static ThreadFactory named(String name) {
    return named(name, 0);
  }

  /** The same, that let others go first; so do those that they start, also in native code. */
  static ThreadFactory named(String name, int niceness) {
    return work -> {
      Thread thread = new Thread(nicely(work, niceness), name);
      thread.setDaemon(true);
      thread.setContextClassLoader(Threads.class.getClassLoader());
      return thread;
    };
  }

  /** Does the work on such a thread and waits for it: a thread that was nice once stays so. */
  static <T> T call(String name, int niceness, Supplier<T> work) {
    if (niceness == 0) {
      return work.get();
    }
    ThreadFactory threads = named(name, niceness);
    return Joined.of(CompletableFuture.supplyAsync(work, task -> threads.newThread(task).start()));
  }

  private static Runnable nicely(Runnable work, int niceness) {
    if (niceness == 0) {
      return work;
    }
    return () -> {
      Niceness.take(niceness);
      work.run();
    };
  }
}
