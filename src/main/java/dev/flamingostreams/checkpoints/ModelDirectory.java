package dev.flamingostreams.checkpoints;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The files of a model: {@code config.json}, {@code tokenizer.json}, {@code weights.safetensors}
 * and, for people, {@code README.md}. What is missing or broken is a {@link ModelException} of one
 * line.
 */
public final class ModelDirectory {
  public static final String CONFIG = "config.json";
  public static final String TOKENIZER = "tokenizer.json";
  public static final String WEIGHTS = "weights.safetensors";
  public static final String CARD = "README.md";

  private static final long MAX_CONFIG_BYTES = 1 << 20;

  private final Path path;
  private @Nullable String weightsHash;

  private ModelDirectory(Path path) {
    this.path = path;
  }

  /** Checks that the three files which a model cannot be without are there and can be read. */
  public static ModelDirectory open(Path path) {
    if (!Files.isDirectory(path)) {
      throw new ModelException(
          "model directory %s %s"
              .formatted(path, Files.exists(path) ? "is not a directory" : "does not exist"));
    }
    ModelDirectory directory = new ModelDirectory(path);
    directory.check(CONFIG);
    directory.check(TOKENIZER);
    directory.check(WEIGHTS);
    return directory;
  }

  private void check(String name) {
    Path file = path.resolve(name);
    if (!Files.isRegularFile(file)) {
      throw new ModelException("model directory %s has no %s".formatted(path, name));
    }
    if (!Files.isReadable(file)) {
      throw new ModelException(file + " may not be read by this user");
    }
  }

  public Path path() {
    return path;
  }

  /** The parsed {@code config.json}, which is a JSON object. */
  public JsonNode config() {
    Path file = path.resolve(CONFIG);
    JsonNode config = JsonFile.read(file, MAX_CONFIG_BYTES);
    if (!config.isObject()) {
      throw new ModelException(file + " is not a JSON object");
    }
    return config;
  }

  public Safetensors weights() {
    return Safetensors.open(path.resolve(WEIGHTS));
  }

  public Tokenizer tokenizer() {
    return Tokenizer.open(path.resolve(TOKENIZER));
  }

  /**
   * SHA-256 of the weights file, in lower-case hexadecimal. The first call reads the whole file.
   */
  public synchronized String weightsHash() {
    Path file = path.resolve(WEIGHTS);
    try {
      if (weightsHash == null) {
        weightsHash = FileHash.sha256(file);
      }
      return weightsHash;
    } catch (IOException e) {
      throw Unreadable.of(file, e);
    }
  }
}
