package dev.flamingostreams.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StopTest {
  @ParameterizedTest
  @ValueSource(strings = {"INT", "TERM"})
  void aSignalAsksForTheEndInsteadOfEndingTheProcess(String name) throws Exception {
    Class<?> type = Class.forName("sun.misc.Signal");
    Object signal = type.getConstructor(String.class).newInstance(name);
    try (Stop stop = new Stop()) {
      assertThat(stop.asked()).isNotDone();

      type.getMethod("raise", type).invoke(null, signal);

      assertThat(stop.asked()).succeedsWithin(10, TimeUnit.SECONDS);
    }
  }
}
