package dev.flamingostreams.bench.streams;

import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * What a measurement of streams is given.
 *
 * @param kafka client settings
 * @param progress reads along, a line at a time
 * @param stopped whether it is to end before it is done
 */
public record BenchContext(
    Map<String, Object> kafka, Consumer<String> progress, BooleanSupplier stopped) {

  /** Tells a line of progress. */
  public void tell(String line) {
    progress.accept(line);
  }

  /**
   * Before each step, and while one is waited for.
   *
   * @throws CancellationException if the measurement is to end; what it has made is deleted then
   */
  public void goOn() {
    if (stopped.getAsBoolean()) {
      throw new CancellationException("stopped");
    }
  }
}
