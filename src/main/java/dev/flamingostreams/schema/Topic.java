package dev.flamingostreams.schema;

import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;

/** A topic and how its records are written. */
public record Topic<K, V>(String name, Serde<K> keySerde, Serde<V> valueSerde) {

  public static Topic<String, FrameBatch> frames(String name) {
    return new Topic<>(name, Serdes.String(), new FrameBatchSerde());
  }

  public static Topic<String, Caption> captions(String name) {
    return new Topic<>(name, Serdes.String(), new JsonSerde<>(Caption.class));
  }

  public static Topic<String, Alert> alerts(String name) {
    return new Topic<>(name, Serdes.String(), new JsonSerde<>(Alert.class));
  }

  /** What could not be processed, as it was; {@link DeadLetter} names the headers. */
  public static Topic<byte[], byte[]> deadLetters(String name) {
    return new Topic<>(name, Serdes.ByteArray(), Serdes.ByteArray());
  }
}
