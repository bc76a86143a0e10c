package dev.flamingostreams.cli;

/** What the program says to its caller when it ends. */
final class ExitCode {
  static final int OK = 0;
  static final int FAILED = 1;
  static final int USAGE = 2;
  static final int BAD_INPUT = 3;
  static final int KAFKA = 4;
  static final int LOST = 5;

  /** As a shell has it: 128 and the number of the signal from the keyboard. */
  static final int INTERRUPTED = 130;

  private ExitCode() {}
}
