package dev.flamingostreams.agent;

/** The agent's own voice: the host's logging is the host's. */
final class Output {
  private Output() {}

  /** Prints to standard error, in one line. */
  static void line(String text) {
    System.err.println("flamingo: " + text.strip().replaceAll("\\s*\\R\\s*", "; "));
  }
}
