package dev.flamingostreams.checkpoints;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

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

  /** SHA-256 of the weights file, in lower-case hexadecimal. Reads the whole file. */
  public String weightsHash() {
    Path file = path.resolve(WEIGHTS);
    try (InputStream in = Files.newInputStream(file)) {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      try (DigestInputStream hashed = new DigestInputStream(in, digest)) {
        hashed.transferTo(OutputStream.nullOutputStream());
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    } catch (IOException e) {
      throw Unreadable.of(file, e);
    }
  }
}
