package dev.flamingostreams.cli;

import dev.flamingostreams.plugin.Units;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * How long a service that has failed stays before it ends, so that who starts it again does not do
 * so all the time: Docker for one starts what has lasted for ten seconds again at once.
 */
final class RestartDelay {
  static final String VARIABLE = "FLAMINGO_RESTART_DELAY";

  private static final List<String> SERVICES = List.of("run", "dashboard", "ingest");

  private RestartDelay() {}

  /** Waits if it is to, and says so; an interrupt ends it at once. */
  static void await(int code, List<String> args) {
    Duration delay = of(code, args, System.getenv(VARIABLE));
    if (delay.isZero()) {
      return;
    }
    System.err.println(
        "flamingo: ends in %d s, as $%s says".formatted(delay.toSeconds(), VARIABLE));
    try {
      TimeUnit.NANOSECONDS.sleep(delay.toNanos());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** None for what ended well, and for what is no service. */
  static Duration of(int code, List<String> args, @Nullable String given) {
    boolean failed = code != ExitCode.OK;
    boolean service = !Collections.disjoint(args, SERVICES);
    if (given == null || given.isBlank() || !failed || !service) {
      return Duration.ZERO;
    }
    try {
      return Units.duration(given);
    } catch (IllegalArgumentException e) {
      System.err.println("flamingo: $%s: %s".formatted(VARIABLE, e.getMessage()));
      return Duration.ZERO;
    }
  }
}
