package dev.flamingostreams.engine;

import java.util.concurrent.ThreadFactory;

final class Threads {
  private Threads() {}

  /** Daemons that find DJL's engines, whatever loader the host's threads have. */
  static ThreadFactory named(String name) {
    return work -> {
      Thread thread = new Thread(work, name);
      thread.setDaemon(true);
      thread.setContextClassLoader(Threads.class.getClassLoader());
      return thread;
    };
  }
}
