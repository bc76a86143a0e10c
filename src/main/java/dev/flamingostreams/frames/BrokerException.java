package dev.flamingostreams.frames;

import java.io.IOException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Kafka cannot be written to; the message is one line with server, topic, reason and fix. */
public final class BrokerException extends IOException {
  private static final long serialVersionUID = 1L;

  BrokerException(String message, Throwable cause) {
    super(message, cause);
  }

  static BrokerException of(Throwable cause, String servers, String topic) {
    return new BrokerException(explain(cause, servers, topic), cause);
  }

  private static String explain(Throwable cause, String servers, String topic) {
    if (cause instanceof UnknownTopicOrPartitionException) {
      return "there is no topic '%s' at %s; create it with 'flamingo topics' or name another"
          .formatted(topic, servers);
    }
    if (cause instanceof TimeoutException) {
      return "no Kafka broker answers at %s; check the address and that the broker runs"
          .formatted(servers);
    }
    if (cause instanceof AuthorizationException) {
      return "no right to use topic '%s' at %s; grant it to this user".formatted(topic, servers);
    }
    if (cause instanceof AuthenticationException) {
      return "%s refuses the log-in: %s".formatted(servers, firstLine(cause));
    }
    if (cause instanceof RecordTooLargeException) {
      return "topic '%s' at %s takes no record as large as a batch of 900 KB; raise its max.message.bytes"
          .formatted(topic, servers);
    }
    String why = firstLine(cause);
    return saysNoAddress(why)
        ? "no host of %s is known; check the names and that the broker runs".formatted(servers)
        : "topic '%s' at %s: %s".formatted(topic, servers, why);
  }

  /** Whether Kafka says by this that none of the names of its servers has an address. */
  public static boolean saysNoAddress(String message) {
    return message.startsWith("No resolvable bootstrap urls");
  }

  private static String firstLine(Throwable cause) {
    String message = cause.getMessage();
    return message == null
        ? cause.getClass().getSimpleName()
        : message.lines().findFirst().orElse("");
  }
}
