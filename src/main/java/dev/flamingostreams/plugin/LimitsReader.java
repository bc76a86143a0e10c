package dev.flamingostreams.plugin;

import dev.flamingostreams.captions.CaptionLimits;
import dev.flamingostreams.captions.CaptionLimits.Overload;
import dev.flamingostreams.captions.Lagging;
import dev.flamingostreams.captions.Unchanged;
import dev.flamingostreams.clips.ClipRules;
import java.time.Duration;
import java.util.regex.Pattern;

/** What a topology file says of clips that wait for the model. */
final class LimitsReader {
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,9})?");
  private static final int MOST_HOP = 1_000;

  private final Section section;
  private final ClipRules clips;

  LimitsReader(Section section, ClipRules clips) {
    this.section = section;
    this.clips = clips;
  }

  CaptionLimits read() {
    CaptionLimits defaults = CaptionLimits.of(Overload.WAIT);
    CaptionLimits limits =
        new CaptionLimits(
            section.integer("max-pending", defaults.maxPending(), 1, 100_000),
            section.integer("max-in-flight", defaults.maxInFlight(), 1, 10_000),
            defaults.maxInFlightBytes(),
            section.oneOf("overload", defaults.overload()),
            defaults.maxWait(),
            defaults.drainEvery(),
            section.read("give-up-after", defaults.giveUpAfter(), TopologyReader::positive),
            lagging(section.section("lagging")),
            new Unchanged(
                section.oneOf("unchanged", Unchanged.DEFAULT.then()),
                section.read("unchanged-within", Unchanged.WITHIN, LimitsReader::distance)));
    section.refuseOthers();
    return limits;
  }

  private Lagging lagging(Section lagging) {
    Duration after = lagging.read("after", Lagging.DEFAULT.after(), TopologyReader::positive);
    int frames =
        lagging.integer("frames", Lagging.ALL_FRAMES, Lagging.LEAST_FRAMES, Lagging.ALL_FRAMES);
    int hop = lagging.integer("hop", 1, 1, MOST_HOP);
    lagging.refuseOthers();
    long overlap = clips.length().toNanos() / clips.hop().toNanos();
    if (hop > Math.max(1, overlap)) {
      lagging.problem(
          "hop",
          overlap < 2
              ? "no two windows overlap by half; set it to 1, or clips.hop to half of clips.length"
              : "%d leaves gaps between windows; set it to %d or less".formatted(hop, overlap));
      hop = 1;
    }
    return new Lagging(after, frames, hop, hop == 1 ? Duration.ZERO : clips.hop());
  }

  private static double distance(String text) {
    double distance = NUMBER.matcher(text).matches() ? Double.parseDouble(text) : 0;
    if (distance <= 0 || distance > Unchanged.MOST) {
      throw new IllegalArgumentException(
          "'%s' is not a number above 0 and at most 2; write it like 0.15".formatted(text));
    }
    return distance;
  }
}
