package dev.flamingostreams.engine;

import java.util.concurrent.TimeUnit;

/** What a thread has had of the machine since that was last looked at. For that thread. */
final class Effort {
  /** Less than this is too little to tell whether processors are short. */
  private static final long LEAST = TimeUnit.MILLISECONDS.toNanos(100);

  private final Crew.Rest rest;
  private ProcessorTime begun = new ProcessorTime(0, 0);

  Effort(Crew.Rest rest) {
    this.rest = rest;
  }

  /** How long to rest between two pieces of work. */
  long restBetween() {
    return restIfSpent(LEAST);
  }

  /** How long to rest at the end of work. */
  long restAfter() {
    return restIfSpent(0);
  }

  private long restIfSpent(long least) {
    ProcessorTime now = now();
    ProcessorTime spent = now.since(begun);
    if (spent.took() < least) {
      return 0;
    }
    begun = now;
    return rest.after(spent);
  }

  private ProcessorTime now() {
    return rest == Crew.NO_REST ? begun : ProcessorTime.ofThisThread();
  }
}
