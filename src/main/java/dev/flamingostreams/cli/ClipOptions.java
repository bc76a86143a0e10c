package dev.flamingostreams.cli;

import dev.flamingostreams.clips.ClipRules;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Clip rules on the command line. */
final class ClipOptions {
  private static final double MICROS = 1e6;

  @Option(names = "--length", defaultValue = "2", description = "Of a clip in seconds (2).")
  private double length;

  @Option(names = "--hop", description = "Seconds from clip to clip (the length).")
  private @Nullable Double hop;

  @Option(names = "--rate", defaultValue = "4", description = "Sampled frames a second (4).")
  private double rate;

  @Option(names = "--min-frames", defaultValue = "8", description = "Fewer make no clip (8).")
  private int minFrames;

  @Option(names = "--max-frames", defaultValue = "30", description = "More are thinned out (30).")
  private int maxFrames;

  ClipRules rules() {
    Duration window = seconds("length", length);
    ClipRules usual = ClipRules.of(window, rate);
    return new ClipRules(
        window,
        hop == null ? window : seconds("hop", hop),
        rate,
        minFrames,
        maxFrames,
        usual.grace(),
        usual.sessionGap(),
        usual.align(),
        usual.flush());
  }

  private static Duration seconds(String name, double value) {
    if (!(value > 0 && value <= 86_400)) {
      throw new IllegalArgumentException(
          "--%s %s is not between 0 and 86400 seconds".formatted(name, value));
    }
    return Duration.ofNanos(Math.round(value * MICROS) * 1_000);
  }
}
