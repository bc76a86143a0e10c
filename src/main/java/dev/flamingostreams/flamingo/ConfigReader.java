package dev.flamingostreams.flamingo;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.type.LogicalType;
import dev.flamingostreams.checkpoints.ModelDirectory;
import dev.flamingostreams.checkpoints.ModelException;
import java.nio.file.Path;
import java.util.List;

/** Reads a model's {@code config.json}. */
public final class ConfigReader {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .withCoercionConfig(
              LogicalType.Textual,
              text ->
                  List.of(
                          CoercionInputShape.Integer,
                          CoercionInputShape.Float,
                          CoercionInputShape.Boolean)
                      .forEach(shape -> text.setCoercion(shape, CoercionAction.Fail)))
          .withConfigOverride(
              List.class, list -> list.setSetterInfo(JsonSetter.Value.forContentNulls(Nulls.FAIL)))
          .build();

  /** The one key that a file may leave out. */
  private static final String UNKNOWN_TEXTS = "unknownTexts";

  private ConfigReader() {}

  /** The config, validated; a {@link ModelException} names the file and the first wrong key. */
  public static FlamingoConfig read(ModelDirectory directory) {
    Path file = directory.path().resolve(ModelDirectory.CONFIG);
    JsonNode json = directory.config();
    String architecture = json.path("architecture").asText();
    if (!architecture.equals(FlamingoConfig.ARCHITECTURE)) {
      throw new ModelException(
          "%s: architecture is '%s', only '%s' is known"
              .formatted(file, architecture, FlamingoConfig.ARCHITECTURE));
    }
    try {
      FlamingoConfig config = JSON.treeToValue(completed(json), FlamingoConfig.class);
      config.validate();
      return config;
    } catch (JsonProcessingException e) {
      throw new ModelException(file + ": " + ConfigFault.of(e, json), e);
    } catch (IllegalArgumentException e) {
      throw new ModelException(file + ": " + e.getMessage(), e);
    }
  }

  private static JsonNode completed(JsonNode json) {
    ObjectNode all = json.deepCopy();
    all.putIfAbsent(UNKNOWN_TEXTS, all.arrayNode());
    return all;
  }
}
