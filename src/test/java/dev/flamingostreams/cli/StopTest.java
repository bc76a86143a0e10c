package dev.flamingostreams.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class StopTest {
  // INT is taken in the same way, but a shell's background job inherits it ignored, and stays so.
  @Test
  void aSignalAsksForTheEndInsteadOfEndingTheProcess() throws Exception {
    Class<?> type = Class.forName("sun.misc.Signal");
    Object signal = type.getConstructor(String.class).newInstance("TERM");
    try (Stop stop = new Stop()) {
      assertThat(stop.asked()).isNotDone();

      type.getMethod("raise", type).invoke(null, signal);

      assertThat(stop.asked()).succeedsWithin(10, TimeUnit.SECONDS);
    }
  }
}
