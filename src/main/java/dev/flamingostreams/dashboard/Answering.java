package dev.flamingostreams.dashboard;

import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Requests that are being answered. One whose other side reads nothing would hold its thread. */
final class Answering {
  private final Set<Answer> begun = ConcurrentHashMap.newKeySet();

  /** What answers a request. */
  interface Work {
    void run() throws IOException;
  }

  void run(Work work) throws IOException {
    Answer answer = new Answer();
    begun.add(answer);
    try {
      work.run();
    } finally {
      begun.remove(answer);
      answer.end();
    }
  }

  /** Ends those that take longer; an interrupt closes the connection that a thread writes to. */
  void dropStuck(Duration patience) {
    begun.forEach(answer -> answer.dropIfOlder(patience));
  }

  private static final class Answer {
    private final Thread thread = Thread.currentThread();
    private final long beganNanos = System.nanoTime();
    private boolean ended; // guarded by this

    synchronized void dropIfOlder(Duration patience) {
      if (!ended && System.nanoTime() - beganNanos > patience.toNanos()) {
        thread.interrupt();
      }
    }

    /** The thread goes on to other requests. */
    synchronized void end() {
      ended = true;
      boolean unused = Thread.interrupted();
    }
  }
}
