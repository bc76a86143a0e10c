package dev.flamingostreams.engine;

import java.util.concurrent.TimeUnit;

/** What a thread has had of the machine since it last had to rest. For that thread. */
final class Effort {
  /** Less than this is too little to tell whether processors are short. */
  private static final long LEAST = TimeUnit.MILLISECONDS.toNanos(100);

  private final Crew.Rest rest;
  private ProcessorTime begun = new ProcessorTime(0, 0);

  Effort(Crew.Rest rest) {
    this.rest = rest;
  }

  void begin() {
    begun = now();
  }

  boolean isWorthARest() {
    ProcessorTime spent = now().since(begun);
    return spent.ran() + spent.waited() >= LEAST;
  }

  /** How long to rest for what was computed since the beginning, or since this was last asked. */
  long rest() {
    ProcessorTime now = now();
    ProcessorTime spent = now.since(begun);
    begun = now;
    return rest.after(spent);
  }

  private ProcessorTime now() {
    return rest == Crew.NO_REST ? begun : ProcessorTime.ofThisThread();
  }
}
