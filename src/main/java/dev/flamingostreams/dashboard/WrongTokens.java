package dev.flamingostreams.dashboard;

import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** Says that wrong tokens are shown, in a line a minute at most. Thread-safe. */
final class WrongTokens {
  private static final long EVERY_NANOS = Duration.ofMinutes(1).toNanos();

  private final LongSupplier nanos;
  private final Consumer<String> line;
  private boolean told;
  private long toldAt;
  private long untold;

  WrongTokens(LongSupplier nanos, Consumer<String> line) {
    this.nanos = nanos;
    this.line = line;
  }

  /**
   * @param address of who showed one
   */
  synchronized void shown(String address) {
    long now = nanos.getAsLong();
    untold++;
    if (told && now - toldAt < EVERY_NANOS) {
      return;
    }
    line.accept(
        "a wrong token is shown from %s (%d since the last such line); the right one is in"
                .formatted(address, untold)
            + " --http-token-file or $FLAMINGO_HTTP_TOKEN");
    told = true;
    toldAt = now;
    untold = 0;
  }
}
