package dev.flamingostreams.frames;

import dev.flamingostreams.schema.FrameBatch;
import dev.flamingostreams.schema.FrameBatches;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.jspecify.annotations.Nullable;

/**
 * Sends frame batches to a topic; the first failure, which Kafka reports later, is kept: for its
 * stream alone if only what that one sends is at fault. Records carry the wall clock as their
 * timestamp: a file's capture times may begin in 1970, and a broker would delete such records at
 * once.
 */
final class FrameSender {
  private final Producer<String, byte[]> producer;
  private final String servers;
  private final String topic;
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
  private final Map<String, Throwable> failures = new ConcurrentHashMap<>();

  FrameSender(Producer<String, byte[]> producer, String servers, String topic) {
    this.producer = producer;
    this.servers = servers;
    this.topic = topic;
  }

  @SuppressWarnings("FutureReturnValueIgnored") // the callback hears of failures
  void send(String stream, FrameBatch batch) {
    try {
      producer.send(
          new ProducerRecord<>(topic, stream, FrameBatches.write(batch)),
          (metadata, exception) -> fail(stream, exception));
    } catch (KafkaException e) {
      fail(stream, e);
    }
  }

  /** Throws what went wrong with a stream so far, if anything did. */
  void check(String stream) throws BrokerException {
    Throwable all = failure.get();
    Throwable cause = all == null ? failures.get(stream) : all;
    if (cause != null) {
      throw failure(cause);
    }
  }

  BrokerException failure(Throwable cause) {
    return BrokerException.of(cause, servers, topic);
  }

  /** Waits until everything is acknowledged. */
  void flush(String stream) throws BrokerException {
    producer.flush();
    check(stream);
  }

  private void fail(String stream, @Nullable Throwable cause) {
    if (cause instanceof RecordTooLargeException) {
      failures.putIfAbsent(stream, cause);
    } else if (cause != null) {
      failure.compareAndSet(null, cause);
    }
  }
}
