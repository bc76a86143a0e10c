package dev.flamingostreams.schema;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/**
 * The headers of a record of topic dead-letters. Its value is what could not be processed: the raw
 * record of topic frames, one image of a batch, a {@link Clip} as JSON, or nothing where it was too
 * large.
 */
public final class DeadLetter {
  /**
   * Short and countable, such as {@code undecodable}, {@code timeout}, {@code model}, {@code
   * overloaded}, {@code lagging}.
   */
  public static final String REASON = "flamingo.reason";

  /** One line for a person. */
  public static final String MESSAGE = "flamingo.message";

  /** The stage that gave up: {@code streams}, {@code clips} or {@code captions}. */
  public static final String STAGE = "flamingo.stage";

  /** Where the record came from, {@code topic-partition@offset}, if it came from a topic. */
  public static final String ORIGIN = "flamingo.origin";

  /** Capture time of the frame in microseconds, if it is one frame of a batch. */
  public static final String CAPTURE_MICROS = "flamingo.capture-micros";

  /** Id of the clip, if it is a clip. */
  public static final String CLIP = "flamingo.clip";

  private static final int MAX_MESSAGE = 1_000;

  private DeadLetter() {}

  /** Adds stage, reason and message to {@code headers}. */
  public static Headers sign(Headers headers, String stage, String reason, String message) {
    set(headers, STAGE, stage);
    set(headers, REASON, reason);
    set(headers, MESSAGE, message.substring(0, Math.min(message.length(), MAX_MESSAGE)));
    return headers;
  }

  /** Says where a record came from. */
  public static void setOrigin(Headers headers, RecordMetadata from) {
    set(headers, ORIGIN, from.topic() + "-" + from.partition() + "@" + from.offset());
  }

  public static void set(Headers headers, String name, String value) {
    headers.remove(name);
    headers.add(name, value.getBytes(UTF_8));
  }

  /**
   * The value of a header.
   *
   * @param absent what is given where there is none
   */
  public static String get(Headers headers, String name, String absent) {
    Header header = headers.lastHeader(name);
    return header == null || header.value() == null ? absent : new String(header.value(), UTF_8);
  }
}
