package dev.flamingostreams.dashboard;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;

/** Records as JSON. */
final class Json {
  private static final JsonMapper JSON = new JsonMapper();

  private Json() {}

  /** One line. */
  static String of(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e); // records of text and numbers
    }
  }
}
