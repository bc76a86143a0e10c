package dev.flamingostreams.checkpoints;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Text to token ids and back, by a {@code tokenizer.json} in Hugging Face's format. Thread-safe.
 */
public final class Tokenizer implements AutoCloseable {
  public static final String IMAGE = "<image>";
  public static final String END = "<EOC>";
  public static final String BEGIN = "<bos>";
  public static final String PAD = "<pad>";

  private static final Map<String, String> WHOLE_TEXT =
      Map.of("truncation", "do_not_truncate", "padding", "do_not_pad");
  private static final long MAX_BYTES = 64 << 20;
  private static final JsonMapper JSON = new JsonMapper();

  private final Path file;
  private final HuggingFaceTokenizer tokenizer;
  private final Map<String, Integer> ids;

  private Tokenizer(Path file, HuggingFaceTokenizer tokenizer, Map<String, Integer> ids) {
    this.file = file;
    this.tokenizer = tokenizer;
    this.ids = ids;
  }

  public static Tokenizer open(Path file) {
    // DJL asks the network for nothing then; its natives come out of the jar
    if (System.getProperty("ai.djl.offline") == null) {
      System.setProperty("ai.djl.offline", "true");
    }
    try {
      if (Files.size(file) > MAX_BYTES) {
        throw new ModelException(file + " is larger than 64 MB: not a tokenizer.json");
      }
      byte[] json = Files.readAllBytes(file);
      Map<String, Integer> ids = ids(file, JSON.readTree(json));
      return new Tokenizer(file, load(file, json), ids);
    } catch (JsonProcessingException e) {
      throw new ModelException(
          "%s is not valid JSON: %s".formatted(file, e.getOriginalMessage()), e);
    } catch (IOException e) {
      throw new ModelException("cannot read %s: %s".formatted(file, e), e);
    }
  }

  private static HuggingFaceTokenizer load(Path file, byte[] json) throws IOException {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(Tokenizer.class.getClassLoader());
    try {
      return HuggingFaceTokenizer.newInstance(new ByteArrayInputStream(json), WHOLE_TEXT);
    } catch (RuntimeException e) {
      throw new ModelException(
          "%s is not a usable tokenizer: %s".formatted(file, e.getMessage()), e);
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  private static Map<String, Integer> ids(Path file, JsonNode json) {
    Map<String, Integer> ids = new HashMap<>();
    JsonNode vocabulary = json.path("model").path("vocab");
    vocabulary.properties().forEach(entry -> ids.put(entry.getKey(), entry.getValue().asInt()));
    for (int i = 0; vocabulary.isArray() && i < vocabulary.size(); i++) {
      ids.put(vocabulary.get(i).path(0).asText(), i); // Unigram: [[piece, score], ...]
    }
    for (JsonNode added : json.path("added_tokens")) {
      ids.put(added.path("content").asText(), added.path("id").asInt());
    }
    if (ids.isEmpty()) {
      throw new ModelException(file + " has no vocabulary: not a tokenizer.json");
    }
    return ids;
  }

  /** One more than the largest id. */
  public int vocabularySize() {
    return ids.values().stream().mapToInt(Integer::intValue).max().orElse(-1) + 1;
  }

  /** The id of a token, such as {@link #IMAGE}. */
  public int id(String token) {
    Integer id = ids.get(token);
    if (id == null) {
      throw new ModelException("%s has no token %s".formatted(file, token));
    }
    return id;
  }

  /** The ids of a text, special tokens by name included, nothing added around it. */
  public int[] encode(String text) {
    return Arrays.stream(tokenizer.encode(text, false, false).getIds())
        .mapToInt(Math::toIntExact)
        .toArray();
  }

  /** The text of ids; special tokens are left out. */
  public String decode(int[] ids) {
    return tokenizer.decode(Arrays.stream(ids).asLongStream().toArray(), true).strip();
  }

  @Override
  public void close() {
    tokenizer.close();
  }
}
