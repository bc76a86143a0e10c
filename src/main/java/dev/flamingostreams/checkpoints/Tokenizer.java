package dev.flamingostreams.checkpoints;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Text to token ids and back, by a {@code tokenizer.json} in Hugging Face's format. Thread-safe.
 */
public final class Tokenizer implements AutoCloseable {
  /** What the default model calls its special tokens; the config of a model names its own. */
  public static final String IMAGE = "<image>";

  public static final String END = "<EOC>";
  public static final String BEGIN = "<bos>";
  public static final String PAD = "<pad>";

  private static final Map<String, String> WHOLE_TEXT =
      Map.of("truncation", "do_not_truncate", "padding", "do_not_pad");

  private final Path file;
  private final HuggingFaceTokenizer tokenizer;
  private final Map<String, Integer> ids;
  private final Optional<Integer> unknownWord;

  private Tokenizer(Path path, HuggingFaceTokenizer tokenizer, TokenizerFile file) {
    this.file = path;
    this.tokenizer = tokenizer;
    this.ids = file.ids();
    this.unknownWord = file.unknownWord();
  }

  public static Tokenizer open(Path file) {
    // DJL asks the network for nothing then; its natives come out of the jar
    if (System.getProperty("ai.djl.offline") == null) {
      System.setProperty("ai.djl.offline", "true");
    }
    byte[] json = JsonFile.bytes(file, TokenizerFile.MAX_BYTES);
    TokenizerFile parsed = TokenizerFile.parse(file, json);
    return new Tokenizer(file, load(file, json), parsed);
  }

  private static HuggingFaceTokenizer load(Path file, byte[] json) {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(Tokenizer.class.getClassLoader());
    try {
      return HuggingFaceTokenizer.newInstance(new ByteArrayInputStream(json), WHOLE_TEXT);
    } catch (IOException | RuntimeException e) {
      throw new ModelException(
          "%s is not a usable tokenizer: %s".formatted(file, e.getMessage()), e);
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  /** One more than the largest id. */
  public int vocabularySize() {
    return ids.values().stream().mapToInt(Integer::intValue).max().orElse(-1) + 1;
  }

  /** The id of a token; one that is not there is a {@link ModelException}. */
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

  /**
   * The words of a text, split at white space, that the vocabulary holds no token for.
   *
   * @param pad a vocabulary that reads them as this one takes any word
   */
  public List<String> unknownWords(String text, int pad) {
    return unknownWord
        .filter(id -> id != pad)
        .map(id -> Stream.of(text.strip().split("\\s+")).filter(word -> has(id, word)).toList())
        .orElse(List.of());
  }

  private boolean has(int id, String word) {
    return Arrays.stream(encode(word)).anyMatch(token -> token == id);
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
