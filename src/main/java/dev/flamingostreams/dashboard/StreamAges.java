package dev.flamingostreams.dashboard;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * A metric {@code flamingo_stream_NAME_seconds}: how long ago each stream was at some point, by its
 * own clock, of those whose clock is within a day of this one.
 */
final class StreamAges {
  private static final long NEAR_MICROS = TimeUnit.DAYS.toMicros(1);

  private final Map<String, Supplier<Map<String, Long>>> times = new ConcurrentHashMap<>();
  private final MultiGauge gauge;
  private final Clock clock;

  StreamAges(MeterRegistry registry, Clock clock, String name, String description) {
    this.clock = clock;
    gauge =
        MultiGauge.builder("flamingo.stream." + name)
            .description(description)
            .baseUnit("seconds")
            .register(registry);
  }

  /** The times of a topology's streams in microseconds. */
  void of(String topology, Supplier<Map<String, Long>> micros) {
    times.put(topology, micros);
  }

  /** As of now. */
  void update() {
    long nowMicros = TimeUnit.MILLISECONDS.toMicros(clock.millis());
    List<MultiGauge.Row<?>> rows = new ArrayList<>();
    times.forEach(
        (topology, streams) ->
            streams
                .get()
                .forEach(
                    (stream, time) -> {
                      if (Math.abs((double) nowMicros - time) < NEAR_MICROS
                          && rows.size() < Metrics.MOST_STREAMS) {
                        rows.add(
                            MultiGauge.Row.of(
                                Tags.of(
                                    Metrics.TOPOLOGY, topology, "stream", Shown.text(stream, 80)),
                                (nowMicros - time) / 1e6));
                      }
                    }));
    gauge.register(rows, true);
  }
}
