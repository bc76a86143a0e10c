package dev.flamingostreams.schema;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;

/**
 * Records as JSON objects, keys as the components are named; keys from the future are ignored. What
 * reads and writes them is made when it is first used: a host's start waits for its topology, and
 * making it takes as long as all else of that.
 */
public final class JsonSerde<T> implements Serde<T> {
  private final Class<T> type;

  public JsonSerde(Class<T> type) {
    this.type = type;
  }

  private static final class Json {
    static final JsonMapper MAPPER =
        JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();
  }

  // The mapper keeps what these look up.
  private ObjectReader reader() {
    return Json.MAPPER.readerFor(type);
  }

  private ObjectWriter writer() {
    return Json.MAPPER.writerFor(type);
  }

  /** One line, without a line break. */
  public String toJson(T value) {
    try {
      return writer().writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new SerializationException("cannot write " + type.getSimpleName() + " as JSON", e);
    }
  }

  @Override
  public Serializer<T> serializer() {
    return (topic, value) -> {
      try {
        return value == null ? null : writer().writeValueAsBytes(value);
      } catch (JsonProcessingException e) {
        throw new SerializationException("cannot write " + type.getSimpleName() + " as JSON", e);
      }
    };
  }

  @Override
  public Deserializer<T> deserializer() {
    return (topic, bytes) -> {
      try {
        return bytes == null ? null : reader().readValue(bytes);
      } catch (IOException e) {
        throw new SerializationException(
            "a record of topic %s is not a %s: %s"
                .formatted(topic, type.getSimpleName(), e.getMessage()),
            e);
      }
    };
  }
}
