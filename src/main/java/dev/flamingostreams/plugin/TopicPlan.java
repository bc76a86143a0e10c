package dev.flamingostreams.plugin;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.TopicConfig;

/**
 * A topic that a topology needs.
 *
 * @param role such as {@code input} or {@code captions}
 * @param maxBytes that a record of it may have at most
 * @param config for a topic that is to be created
 */
public record TopicPlan(String name, String role, int maxBytes, Map<String, String> config) {
  static final String INPUT = "input";

  private static final int CAPTION_BYTES = 1 << 20;
  private static final Duration FRAMES_KEPT = Duration.ofDays(1);
  private static final Duration TEXT_KEPT = Duration.ofDays(365);
  private static final Duration DEAD_KEPT = Duration.ofDays(14);

  public TopicPlan {
    config = Map.copyOf(config);
  }

  /** Input first. A topology without rules needs no topic for alerts. */
  public static List<TopicPlan> of(TopologyFile file) {
    int maxBytes = file.input().maxBytes();
    TopicPlan frames =
        new TopicPlan(file.input().topic(), INPUT, maxBytes, config(maxBytes, FRAMES_KEPT));
    TopicPlan captions = text(file.outputs().captions(), "captions", CAPTION_BYTES, TEXT_KEPT);
    TopicPlan dead =
        text(
            file.outputs().deadLetters(),
            "dead-letters",
            maxBytes + SizeLimit.OVERHEAD_BYTES,
            DEAD_KEPT);
    return file.rules().isEmpty()
        ? List.of(frames, captions, dead)
        : List.of(
            frames,
            captions,
            text(file.outputs().alerts(), "alerts", CAPTION_BYTES, TEXT_KEPT),
            dead);
  }

  // Captions carry their camera's time, which may begin in 1970: retention counts from arrival.
  private static TopicPlan text(String name, String role, int maxBytes, Duration kept) {
    Map<String, String> config = new HashMap<>(config(maxBytes, kept));
    config.put(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, "LogAppendTime");
    return new TopicPlan(name, role, maxBytes, config);
  }

  private static Map<String, String> config(int maxBytes, Duration kept) {
    return Map.of(
        TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Integer.toString(maxBytes),
        TopicConfig.RETENTION_MS_CONFIG, Long.toString(kept.toMillis()),
        TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_DELETE);
  }
}
