package dev.flamingostreams.conversion;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.flamingostreams.checkpoints.JsonFile;
import dev.flamingostreams.checkpoints.ModelException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A JSON file that came with a checkpoint; errors name the file and the key. */
final class Settings {
  private static final int MAX_SIZE = 1 << 24;
  private static final int MAX_SHOWN = 100;

  private final Path file;
  private final String prefix;
  private final JsonNode json;

  private Settings(Path file, String prefix, JsonNode json) {
    this.file = file;
    this.prefix = prefix;
    this.json = json;
  }

  static Settings read(Path file) {
    return new Settings(file, "", JsonFile.read(file, JsonFile.MAX_SETTINGS_BYTES));
  }

  /** Without any key if there is no such file. */
  static Settings readIfThere(Path file) {
    return Files.isRegularFile(file)
        ? read(file)
        : new Settings(file, "", MissingNode.getInstance());
  }

  Path file() {
    return file;
  }

  boolean has(String key) {
    return json.hasNonNull(key);
  }

  /** What lies under a key; without any key if nothing does. */
  Settings at(String key) {
    return new Settings(file, prefix + key + ".", json.path(key));
  }

  /** A count or a size. */
  int integer(String key) {
    JsonNode value = json.path(key);
    boolean whole = value.isNumber() && value.doubleValue() == Math.rint(value.doubleValue());
    if (!whole || value.doubleValue() < 0 || value.doubleValue() > MAX_SIZE) {
      throw fault(key, "a whole number of 0 to " + MAX_SIZE);
    }
    return value.intValue();
  }

  int integer(String key, int otherwise) {
    return has(key) ? integer(key) : otherwise;
  }

  double number(String key, double otherwise) {
    if (has(key) && !json.path(key).isNumber()) {
      throw fault(key, "a number");
    }
    return json.path(key).asDouble(otherwise);
  }

  boolean flag(String key, boolean otherwise) {
    if (has(key) && !json.path(key).isBoolean()) {
      throw fault(key, "true or false");
    }
    return json.path(key).asBoolean(otherwise);
  }

  String text(String key, String otherwise) {
    if (has(key) && !json.path(key).isTextual()) {
      throw fault(key, "a text");
    }
    return json.path(key).asText(otherwise);
  }

  List<Float> floats(String key, List<Float> otherwise) {
    if (!has(key)) {
      return otherwise;
    }
    List<Float> values = new ArrayList<>();
    for (JsonNode value : json.path(key)) {
      values.add((float) value.asDouble(Double.NaN));
    }
    if (values.isEmpty() || values.contains(Float.NaN)) {
      throw fault(key, "numbers");
    }
    return values;
  }

  List<Integer> integers(String key) {
    List<Integer> values = new ArrayList<>();
    for (JsonNode value : json.path(key)) {
      if (!value.isInt()) {
        throw fault(key, "whole numbers");
      }
      values.add(value.intValue());
    }
    return values;
  }

  boolean isObject(String key) {
    return json.path(key).isObject();
  }

  /** Refuses a value that is there and none of these. */
  Settings only(String key, Object... supported) {
    for (Object value : supported) {
      boolean same =
          value instanceof Number number
              ? json.path(key).asDouble(Double.NaN) == number.doubleValue()
              : json.path(key).asText().equals(value.toString());
      if (same) {
        return this;
      }
    }
    if (has(key)) {
      throw fault(key, "one of " + List.of(supported) + ": nothing else is supported");
    }
    return this;
  }

  /** Refuses a value that is there and does not switch something off. */
  Settings none(String... keys) {
    for (String key : keys) {
      JsonNode value = json.path(key);
      boolean off =
          !has(key)
              || (value.isBoolean() && !value.booleanValue())
              || (value.isContainerNode() && value.isEmpty());
      if (!off) {
        throw fault(key, "left out: it is not supported");
      }
    }
    return this;
  }

  ModelException fault(String key, String wanted) {
    String value = json.path(key).isMissingNode() ? "missing" : json.path(key).toString();
    String shown = value.length() > MAX_SHOWN ? value.substring(0, MAX_SHOWN) + "..." : value;
    return new ModelException(
        "%s: %s%s is %s, must be %s".formatted(file, prefix, key, shown, wanted));
  }
}
