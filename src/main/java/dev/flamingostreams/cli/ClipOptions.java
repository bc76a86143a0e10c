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

  /** The rules; a {@link CommandException} names the option that is wrong. */
  ClipRules rules() {
    if (maxFrames < 1 || maxFrames > ClipRules.MOST_FRAMES) {
      throw wrong("--max-frames", maxFrames, "1 to 30");
    }
    if (minFrames < 1 || minFrames > maxFrames) {
      throw wrong("--min-frames", minFrames, "1 to --max-frames, which is " + maxFrames);
    }
    if (!(rate > 0 && rate <= 1_000)) {
      throw wrong("--rate", rate, "above 0 and at most 1000 frames a second");
    }
    Duration window = seconds("length", length);
    long samples = ClipRules.samples(window, rate);
    if (samples < minFrames) {
      throw new CommandException(
          ExitCode.USAGE,
          "a clip of --length %s s at --rate %s holds %d frames, less than --min-frames %d"
              .formatted(length, rate, samples, minFrames));
    }
    return ClipRules.of(
        window, hop == null ? window : seconds("hop", hop), rate, minFrames, maxFrames);
  }

  private static Duration seconds(String name, double value) {
    if (!(value >= 1e-3 && value <= 86_400)) {
      throw wrong("--" + name, value, "0.001 to 86400 seconds");
    }
    return Duration.ofNanos(Math.round(value * MICROS) * 1_000);
  }

  static CommandException wrong(String option, Object value, String range) {
    return new CommandException(
        ExitCode.USAGE, "%s is %s, must be %s".formatted(option, value, range));
  }
}
