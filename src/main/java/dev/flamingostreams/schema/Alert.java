package dev.flamingostreams.schema;

import java.util.List;

/**
 * The value of topic alerts, as JSON; the key is the stream id.
 *
 * @param rule name of the alert rule
 * @param severity {@code info}, {@code warning} or {@code critical}
 * @param matched the terms of the caption that the rule's query matched
 * @param firstSeenMicros start of the first clip that matched since the last alert of this rule and
 *     stream, in the camera's time
 * @param lastSeenMicros end of the clip that raised this alert
 * @param count clips that matched since the last alert, this one included; those within the
 *     cooldown were not alerted
 */
public record Alert(
    String rule,
    String severity,
    String stream,
    Caption caption,
    List<String> matched,
    long firstSeenMicros,
    long lastSeenMicros,
    long count) {
  public Alert {
    matched = List.copyOf(matched);
  }
}
