package dev.flamingostreams.dashboard;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.flamingostreams.schema.DeadLetter;
import dev.flamingostreams.schema.FrameBatch;
import dev.flamingostreams.schema.FrameBatches;
import dev.flamingostreams.schema.MalformedRecordException;
import dev.flamingostreams.schema.Topic;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.record.TimestampType;

/** Puts records of topics on a board. What cannot be read is counted. */
final class TopicReader {
  private final Board board;
  private final Accounts accounts;
  private final Map<String, Reading> readings = new LinkedHashMap<>();

  /** What is done with a record. */
  private interface Reading {
    void read(ConsumerRecord<byte[], byte[]> found) throws MalformedRecordException;
  }

  TopicReader(List<Watched> topologies, Board board, Accounts accounts) {
    this.board = board;
    this.accounts = accounts;
    for (Watched one : topologies) {
      readings.put(one.frames(), found -> frames(of(topologies, one.frames()), found));
      readings.put(one.deadLetters(), this::deadLetter);
      Topic<String, dev.flamingostreams.schema.Caption> captions = Topic.captions(one.captions());
      String writers =
          of(topologies, one.captions()).stream()
              .map(Watched::name)
              .collect(Collectors.joining(", "));
      readings.put(
          one.captions(),
          found -> {
            accounts.read("captions", 1);
            board.caption(writers, value(captions, found), writtenMillis(found));
          });
      if (one.alerts() != null) {
        Topic<String, dev.flamingostreams.schema.Alert> alerts = Topic.alerts(one.alerts());
        readings.put(
            one.alerts(),
            found -> {
              accounts.read("alerts", 1);
              board.alert(writers, value(alerts, found), writtenMillis(found));
            });
      }
    }
  }

  List<String> topics() {
    return List.copyOf(readings.keySet());
  }

  void read(ConsumerRecord<byte[], byte[]> found) {
    Reading reading = readings.get(found.topic());
    try {
      if (reading != null) {
        reading.read(found);
      }
    } catch (MalformedRecordException | SerializationException | NullPointerException e) {
      accounts.read("unreadable records", 1);
    }
  }

  private static List<Watched> of(List<Watched> topologies, String topic) {
    return topologies.stream()
        .filter(one -> one.frames().equals(topic) || one.captions().equals(topic))
        .toList();
  }

  private void frames(List<Watched> readers, ConsumerRecord<byte[], byte[]> found)
      throws MalformedRecordException {
    FrameBatch batch = FrameBatches.read(found.value(), found.timestamp());
    accounts.read("frames", batch.frames().size());
    String stream = new String(found.key() == null ? new byte[0] : found.key(), UTF_8);
    if (readers.stream().anyMatch(one -> one.takes().test(stream))) {
      board.frames(stream, batch, found.timestamp());
    }
  }

  private void deadLetter(ConsumerRecord<byte[], byte[]> found) {
    accounts.read("dead letters", 1);
    accounts.deadLetter(DeadLetter.get(found.headers(), DeadLetter.REASON, "unknown"));
  }

  private static <V> V value(Topic<?, V> topic, ConsumerRecord<byte[], byte[]> found)
      throws MalformedRecordException {
    V value = topic.valueSerde().deserializer().deserialize(topic.name(), found.value());
    if (value == null) {
      throw new MalformedRecordException("the record has no value");
    }
    return value;
  }

  // a topic without append time has the end of the clip there, by the camera's clock
  private static long writtenMillis(ConsumerRecord<byte[], byte[]> found) {
    return found.timestampType() == TimestampType.LOG_APPEND_TIME
        ? found.timestamp()
        : System.currentTimeMillis();
  }
}
