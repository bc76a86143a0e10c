package dev.flamingostreams.agent;

import net.bytebuddy.asm.Advice;

/** Copied into the host's constructors where they must not be run without us. */
final class StrictAdvice {
  private StrictAdvice() {}

  @Advice.OnMethodEnter
  static void enter(@Line String line) {
    throw new IllegalStateException(line);
  }
}
