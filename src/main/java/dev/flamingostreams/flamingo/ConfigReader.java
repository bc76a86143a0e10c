package dev.flamingostreams.flamingo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.flamingostreams.checkpoints.ModelDirectory;
import dev.flamingostreams.checkpoints.ModelException;
import java.nio.file.Path;

/** Reads a model's {@code config.json}. */
public final class ConfigReader {
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
      FlamingoConfig config = RecordReader.read(FlamingoConfig.class, completed(json));
      config.validate();
      return config;
    } catch (IllegalArgumentException e) {
      throw new ModelException(file + ": " + e.getMessage(), e);
    }
  }

  private static ObjectNode completed(JsonNode json) {
    ObjectNode all = json.deepCopy();
    all.putIfAbsent(UNKNOWN_TEXTS, all.arrayNode());
    return all;
  }
}
