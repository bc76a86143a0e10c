package dev.flamingostreams.schema;

import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;

/**
 * {@link FrameBatches} for clients. It does not know a record's timestamp, so a bare image is
 * refused: stages read bytes and decode them themselves.
 */
final class FrameBatchSerde implements Serde<FrameBatch> {

  @Override
  public Serializer<FrameBatch> serializer() {
    return (topic, batch) -> batch == null ? null : FrameBatches.write(batch);
  }

  @Override
  public Deserializer<FrameBatch> deserializer() {
    return (topic, bytes) -> {
      try {
        return bytes == null ? null : FrameBatches.read(bytes, 0);
      } catch (MalformedRecordException e) {
        throw new SerializationException("topic " + topic + ": " + e.getMessage(), e);
      }
    };
  }
}
