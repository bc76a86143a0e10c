package dev.flamingostreams.engine;

import java.util.concurrent.ThreadFactory;

/**
 * The threads of an engine and how they share the machine with others.
 *
 * @param rest of a thread after its work
 */
record Crew(int size, ThreadFactory threads, Rest rest) {
  private static final String NAME = "flamingo-engine";

  /** Of the time in which work had a processor or waited for one. */
  private static final double MOST_WAITED = 0.1;

  private static final int RESTS_FOR = 2;

  /** How long to rest, in nanoseconds. */
  @FunctionalInterface
  interface Rest {
    long after(ProcessorTime work);
  }

  /** Threads that work whenever there is work. */
  static Crew of(int size) {
    return of(size, 0);
  }

  /**
   * The same; nice ones let others go first. While processors are short they rest twice as long as
   * they worked: what they compute in idle moments still takes caches and memory from others.
   */
  static Crew of(int size, int niceness) {
    return new Crew(
        size, Threads.named(NAME, niceness), niceness == 0 ? work -> 0 : Crew::whileShort);
  }

  static long whileShort(ProcessorTime work) {
    long took = work.ran() + work.waited();
    return work.waited() > MOST_WAITED * took ? RESTS_FOR * took : 0;
  }
}
