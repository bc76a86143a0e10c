package dev.flamingostreams.dashboard;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;

/** How long clips of a topology wait and how long the model takes, as histograms. */
public final class ClipTimes {
  private static final Duration[] BOUNDS =
      LongStream.of(
              5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 30_000, 60_000, 120_000)
          .mapToObj(Duration::ofMillis)
          .toArray(Duration[]::new);

  private final MeterRegistry registry;
  private final Tags tags;
  private final Timer queue;
  private final Timer vision;
  private final Timer decode;

  ClipTimes(MeterRegistry registry, Tags tags) {
    this.registry = registry;
    this.tags = tags;
    queue = timer("queue", "from when a clip was handed to the engine until it was taken up");
    vision = timer("vision", "encoding the frames of a clip that were not in the cache");
    decode = timer("decode", "resampler and language model");
  }

  public void described(long queueMicros, long visionMicros, long decodeMicros) {
    unchanged(queueMicros, visionMicros);
    decode.record(decodeMicros, TimeUnit.MICROSECONDS);
  }

  /** A clip looked as an earlier one did, so the language model was not asked. */
  public void unchanged(long queueMicros, long visionMicros) {
    queue.record(queueMicros, TimeUnit.MICROSECONDS);
    vision.record(visionMicros, TimeUnit.MICROSECONDS);
  }

  /** A clip was not described, for one of few reasons. */
  public void failed(String reason) {
    Counter.builder("flamingo.clip.failures")
        .description("clips that the engine could not describe")
        .tags(tags.and("reason", reason))
        .register(registry)
        .increment();
  }

  private Timer timer(String name, String description) {
    return Timer.builder("flamingo.clip." + name)
        .description(description)
        .tags(tags)
        .serviceLevelObjectives(BOUNDS)
        .register(registry);
  }
}
