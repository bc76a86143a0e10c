package dev.flamingostreams.checkpoints;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.math.BigInteger;
import java.util.Locale;

/**
 * Reads JSON in which no key is there twice. It needs no mapper: a host that is about to start
 * would wait for half a thousand classes more.
 */
final class JsonTree {
  private static final JsonFactory FACTORY =
      JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  /** Twice what the largest tokenizers have; one may take two hundred bytes. */
  static final int MAX_NODES = 4_000_000;

  private final JsonParser parser;
  private int nodes;

  private JsonTree(JsonParser parser) {
    this.parser = parser;
  }

  /** All of it; a missing node if there is nothing. How deep it may be, the parser limits. */
  static JsonNode of(byte[] json) throws IOException {
    try (JsonParser parser = FACTORY.createParser(json)) {
      JsonToken first = parser.nextToken();
      if (first == null) {
        return MissingNode.getInstance();
      }
      JsonNode tree = new JsonTree(parser).node(first);
      if (parser.nextToken() != null) {
        throw new JsonParseException(parser, "something stands after its end");
      }
      return tree;
    }
  }

  private JsonNode node(JsonToken begin) throws IOException {
    if (++nodes > MAX_NODES) {
      throw new JsonParseException(
          parser, String.format(Locale.ROOT, "it holds more than %,d values", MAX_NODES));
    }
    return switch (begin) {
      case START_OBJECT -> object();
      case START_ARRAY -> array();
      case VALUE_STRING -> NODES.textNode(parser.getText());
      case VALUE_NUMBER_INT -> whole();
      case VALUE_NUMBER_FLOAT -> NODES.numberNode(parser.getDoubleValue());
      case VALUE_TRUE, VALUE_FALSE -> NODES.booleanNode(begin == JsonToken.VALUE_TRUE);
      case VALUE_NULL -> NODES.nullNode();
      default -> throw new JsonParseException(parser, "unexpected " + begin);
    };
  }

  private ObjectNode object() throws IOException {
    ObjectNode object = NODES.objectNode();
    for (String key = parser.nextFieldName(); key != null; key = parser.nextFieldName()) {
      object.set(key, node(parser.nextToken()));
    }
    return object;
  }

  private ArrayNode array() throws IOException {
    ArrayNode array = NODES.arrayNode();
    for (JsonToken next = parser.nextToken();
        next != JsonToken.END_ARRAY;
        next = parser.nextToken()) {
      array.add(node(next));
    }
    return array;
  }

  private JsonNode whole() throws IOException {
    Number number = parser.getNumberValue();
    if (number instanceof BigInteger large) {
      return NODES.numberNode(large);
    }
    return number instanceof Long large
        ? NODES.numberNode(large.longValue())
        : NODES.numberNode(number.intValue());
  }
}
