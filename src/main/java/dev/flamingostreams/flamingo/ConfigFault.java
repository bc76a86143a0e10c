package dev.flamingostreams.flamingo;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonMappingException.Reference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.exc.InvalidTypeIdException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What is wrong with a config, in the words of its file and not in those of a parser. */
final class ConfigFault {
  private static final JsonMapper JSON = new JsonMapper();
  private static final int MOST_SHOWN = 60;

  private ConfigFault() {}

  /** One line that begins with the key. */
  static String of(JsonProcessingException e, JsonNode config) {
    if (e.getCause() instanceof IllegalArgumentException refused) {
      return String.valueOf(refused.getMessage());
    }
    List<Reference> path =
        e instanceof JsonMappingException mapping ? mapping.getPath() : List.of();
    if (e instanceof UnrecognizedPropertyException) {
      return "unknown key " + key(path);
    }
    JsonNode value = at(config, path);
    if (value.isMissingNode() || value.isNull()) {
      return key(path) + " is missing";
    }
    if (e instanceof InvalidTypeIdException unknown) {
      return value.isObject()
          ? kind(key(path) + ".kind", value.path("kind"), unknown.getBaseType().getRawClass())
          : "%s is %s, must be an object".formatted(key(path), shown(value));
    }
    if (e instanceof MismatchedInputException mismatched && mismatched.getTargetType() != null) {
      return "%s is %s, must be %s"
          .formatted(key(path), shown(value), wanted(mismatched.getTargetType()));
    }
    return key(path) + ": " + e.getOriginalMessage().lines().findFirst().orElse("not readable");
  }

  private static JsonNode at(JsonNode config, List<Reference> path) {
    JsonNode node = config;
    for (Reference step : path) {
      node =
          step.getFieldName() == null ? node.path(step.getIndex()) : node.path(step.getFieldName());
    }
    return node;
  }

  private static String key(List<Reference> path) {
    return path.stream()
        .map(
            step ->
                step.getFieldName() == null
                    ? "[%d]".formatted(step.getIndex())
                    : "." + step.getFieldName())
        .collect(Collectors.joining())
        .replaceFirst("^\\.", "");
  }

  private static String kind(String key, JsonNode kind, Class<?> base) {
    String known =
        Stream.of(base.getAnnotation(JsonSubTypes.class).value())
            .map(JsonSubTypes.Type::name)
            .collect(Collectors.joining(", "));
    String is = kind.isMissingNode() ? "missing" : shown(kind);
    return "%s is %s, must be one of %s".formatted(key, is, known);
  }

  private static String shown(JsonNode value) {
    String text = value.toString();
    return text.length() > MOST_SHOWN ? text.substring(0, MOST_SHOWN) + "..." : text;
  }

  private static String wanted(Class<?> type) {
    if (type.isEnum()) {
      return Arrays.stream(type.getEnumConstants())
          .map(choice -> JSON.valueToTree(choice).asText())
          .collect(Collectors.joining(", ", "one of ", ""));
    } else if (type == int.class || type == Integer.class) {
      return "a whole number";
    } else if (Number.class.isAssignableFrom(type) || type == double.class) {
      return "a number";
    } else if (type == boolean.class) {
      return "true or false";
    } else if (type == String.class) {
      return "text";
    }
    return List.class.isAssignableFrom(type) ? "a list" : "an object";
  }
}
