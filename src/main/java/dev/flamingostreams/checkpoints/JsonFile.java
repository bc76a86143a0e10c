package dev.flamingostreams.checkpoints;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads a JSON file of bounded size in which no key is there twice. */
public final class JsonFile {
  /** More than any file of settings has. */
  public static final long MAX_SETTINGS_BYTES = 4 << 20;

  private JsonFile() {}

  public static JsonNode read(Path file, long maxBytes) {
    return parse(file, bytes(file, maxBytes));
  }

  static byte[] bytes(Path file, long maxBytes) {
    try {
      if (Files.size(file) > maxBytes) {
        throw new ModelException(
            "%s is larger than %d MB: not a %s"
                .formatted(file, maxBytes >> 20, file.getFileName()));
      }
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw Unreadable.of(file, e);
    }
  }

  static JsonNode parse(Path file, byte[] json) {
    try {
      return JsonTree.of(json);
    } catch (JsonProcessingException e) {
      throw new ModelException(
          "%s is not valid JSON: %s"
              .formatted(
                  file, e.getOriginalMessage().replaceFirst(" \\(start marker.*|, from `.*`", "")),
          e);
    } catch (IOException e) {
      throw Unreadable.of(file, e);
    }
  }
}
