package dev.flamingostreams.flamingo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.flamingostreams.checkpoints.ModelDirectory;
import dev.flamingostreams.checkpoints.ModelException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** Reads a model's {@code config.json}. */
public final class ConfigReader {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .build();

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
      FlamingoConfig config = JSON.treeToValue(json, FlamingoConfig.class);
      config.validate();
      return config;
    } catch (JsonProcessingException e) {
      throw new ModelException(file + ": " + fault(e), e);
    } catch (IllegalArgumentException e) {
      throw new ModelException(file + ": " + e.getMessage(), e);
    }
  }

  private static String fault(JsonProcessingException e) {
    if (e.getCause() instanceof IllegalArgumentException refused) {
      return String.valueOf(refused.getMessage());
    }
    if (e instanceof UnrecognizedPropertyException unknown) {
      return "unknown key " + key(unknown.getPath());
    }
    String found = e.getOriginalMessage().lines().findFirst().orElse("not readable");
    String message = found.contains("creator property") ? "is missing" : found;
    return e instanceof JsonMappingException mapping && !mapping.getPath().isEmpty()
        ? key(mapping.getPath()) + ": " + message
        : message;
  }

  private static String key(List<JsonMappingException.Reference> path) {
    return path.stream()
        .map(JsonMappingException.Reference::getFieldName)
        .map(String::valueOf)
        .collect(Collectors.joining("."));
  }
}
