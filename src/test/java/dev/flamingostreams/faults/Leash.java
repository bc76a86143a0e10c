package dev.flamingostreams.faults;

import java.io.IOException;

/** What a forked JVM is held by: it ends at once when the test's JVM is no more. */
final class Leash {
  static final char STOP = 's';

  /** Asks for something else. */
  static final char ASK = '?';

  private static final int LOST = 99;

  private Leash() {}

  /** Answers what the test asks; returns when it says stop. */
  static void awaitStop(Runnable answer) throws IOException {
    int said = System.in.read();
    while (said == ASK) {
      answer.run();
      said = System.in.read();
    }
    if (said < 0) {
      Runtime.getRuntime().halt(LOST);
    }
  }
}
