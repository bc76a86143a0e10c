package dev.flamingostreams.flamingo;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.databind.EnumNamingStrategies.LowerCamelCaseStrategy;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes records of JSON: a key for each component, none left out, and no other. What is wrong is an
 * {@link IllegalArgumentException} that begins with the key, in the words of the file. A mapper
 * would do the same and load five hundred classes more, for which a host's start would wait.
 */
final class RecordReader {
  private static final String KIND = "kind";
  private static final int MOST_SHOWN = 60;

  private RecordReader() {}

  static <R extends Record> R read(Class<R> type, ObjectNode json) {
    return type.cast(record("", type, json));
  }

  /**
   * @param prefix of keys, which ends with a dot unless it is empty
   */
  private static Object record(String prefix, Class<?> type, ObjectNode json) {
    Map<String, RecordComponent> components = new LinkedHashMap<>();
    for (RecordComponent component : type.getRecordComponents()) {
      components.put(component.getName(), component);
    }
    Map<String, Object> values = new HashMap<>();
    for (Map.Entry<String, JsonNode> entry : json.properties()) {
      String key = prefix + entry.getKey();
      RecordComponent component = components.get(entry.getKey());
      if (component == null) {
        throw new IllegalArgumentException("unknown key " + key);
      }
      values.put(entry.getKey(), value(key, component.getGenericType(), entry.getValue()));
    }
    for (String name : components.keySet()) {
      if (!values.containsKey(name)) {
        throw new IllegalArgumentException(prefix + name + " is missing");
      }
    }
    return made(type, components, values);
  }

  private static Object made(
      Class<?> type, Map<String, RecordComponent> components, Map<String, Object> values) {
    try {
      return type.getDeclaredConstructor(
              components.values().stream().map(RecordComponent::getType).toArray(Class<?>[]::new))
          .newInstance(components.keySet().stream().map(values::get).toArray());
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof IllegalArgumentException refused) {
        throw refused;
      }
      throw new IllegalStateException(e);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Object value(String key, Type type, JsonNode json) {
    if (json.isNull()) {
      throw new IllegalArgumentException(key + " is missing");
    }
    if (type instanceof ParameterizedType list) {
      return list(key, list.getActualTypeArguments()[0], json);
    }
    Class<?> plain = (Class<?>) type;
    if (plain.isEnum()) {
      return choice(key, plain, json);
    }
    if (plain.isInterface()) {
      return ofKind(key, plain, object(key, json));
    }
    if (plain.isRecord()) {
      return record(key + ".", plain, object(key, json));
    }
    return plain(key, plain, json);
  }

  private static Object plain(String key, Class<?> type, JsonNode json) {
    if (type == int.class || type == Integer.class) {
      check(key, json, "a whole number", json.isIntegralNumber() && json.canConvertToInt());
      return json.intValue();
    }
    if (type == double.class) {
      check(key, json, "a number", json.isNumber());
      return json.doubleValue();
    }
    if (type == Float.class) {
      check(key, json, "a number", json.isNumber());
      return json.floatValue();
    }
    if (type == boolean.class) {
      check(key, json, "true or false", json.isBoolean());
      return json.booleanValue();
    }
    check(key, json, "text", type == String.class && json.isTextual());
    return json.textValue();
  }

  private static List<Object> list(String key, Type type, JsonNode json) {
    check(key, json, "a list", json.isArray());
    List<Object> values = new ArrayList<>();
    for (JsonNode value : json) {
      values.add(value("%s[%d]".formatted(key, values.size()), type, value));
    }
    return values;
  }

  private static ObjectNode object(String key, JsonNode json) {
    check(key, json, "an object", json.isObject());
    return (ObjectNode) json;
  }

  private static Object choice(String key, Class<?> type, JsonNode json) {
    Map<String, Object> choices = new LinkedHashMap<>();
    for (Object choice : type.getEnumConstants()) {
      choices.put(
          LowerCamelCaseStrategy.INSTANCE.convertEnumToExternalName(choice.toString()), choice);
    }
    return one(key, choices, json);
  }

  private static Object ofKind(String key, Class<?> base, ObjectNode json) {
    Map<String, Class<?>> kinds = new LinkedHashMap<>();
    for (JsonSubTypes.Type kind : base.getAnnotation(JsonSubTypes.class).value()) {
      kinds.put(kind.name(), kind.value());
    }
    Class<?> type = one(key + "." + KIND, kinds, json.path(KIND));
    ObjectNode parts = json.deepCopy();
    parts.remove(KIND);
    return record(key + ".", type, parts);
  }

  private static <T> T one(String key, Map<String, T> choices, JsonNode json) {
    T chosen = json.isTextual() ? choices.get(json.textValue()) : null;
    if (chosen == null) {
      throw new IllegalArgumentException(
          "%s is %s, must be one of %s"
              .formatted(key, shown(json), String.join(", ", choices.keySet())));
    }
    return chosen;
  }

  private static void check(String key, JsonNode json, String wanted, boolean holds) {
    if (!holds) {
      throw new IllegalArgumentException(
          "%s is %s, must be %s".formatted(key, shown(json), wanted));
    }
  }

  private static String shown(JsonNode value) {
    String text = value.isMissingNode() ? "missing" : value.toString();
    return text.length() > MOST_SHOWN ? text.substring(0, MOST_SHOWN) + "..." : text;
  }
}
