package dev.flamingostreams.schema;

import java.util.Map;
import org.apache.kafka.common.config.TopicConfig;

/** Settings of changelogs. */
public final class Changelogs {
  private static final int SEGMENT_BYTES = 16 << 20;

  private Changelogs() {}

  /**
   * For stores that are small and often written. A broker cleans nothing of a segment that is still
   * written to, and a task that restores reads all of it; by default that is 1 GB or a week.
   */
  public static Map<String, String> ofSmallStore() {
    return Map.of(TopicConfig.SEGMENT_BYTES_CONFIG, Integer.toString(SEGMENT_BYTES));
  }
}
