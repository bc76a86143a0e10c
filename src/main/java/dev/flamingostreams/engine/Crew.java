package dev.flamingostreams.engine;

import java.util.concurrent.ThreadFactory;

/**
 * The threads of an engine and how they share the machine with others.
 *
 * @param rest of a thread after a piece of its work
 */
record Crew(int size, ThreadFactory threads, Rest rest) {
  private static final String NAME = "flamingo-engine";

  /** Of the time in which work had a processor or waited for one. */
  private static final double MOST_WAITED = 0.1;

  /** Of the machine's processors, by all threads together. */
  private static final double MOST_TAKEN = 0.0125;

  /** How long to rest, in nanoseconds. */
  @FunctionalInterface
  interface Rest {
    long after(ProcessorTime work);
  }

  static final Rest NO_REST = work -> 0;

  /** Threads that work whenever there is work. */
  static Crew of(int size) {
    return new Crew(size, Threads.named(NAME), NO_REST);
  }

  /**
   * Nice ones let others go first. While processors are short they rest until they have had no more
   * than an eightieth of the machine: what they compute in idle moments still takes caches and
   * memory from others.
   *
   * @param computing threads, with those that these have work done by
   * @param processors of the machine
   */
  static Crew nice(int size, int niceness, int computing, int processors) {
    double share = MOST_TAKEN * processors / Math.max(size, computing);
    return new Crew(size, Threads.named(NAME, niceness), work -> whileShort(work, share));
  }

  private static long whileShort(ProcessorTime work, double share) {
    return work.waited() > MOST_WAITED * work.took()
        ? Math.max(0, (long) (work.ran() / share) - work.took())
        : 0;
  }
}
