package dev.flamingostreams.checkpoints;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A {@code tokenizer.json} in Hugging Face's format as data: which token has which id, and special
 * tokens added to a copy, with the ids that {@code add_special_tokens} of transformers gives them.
 */
public final class TokenizerFile {
  static final long MAX_BYTES = 64 << 20;

  private static final int MAX_ID = 1 << 24;
  private static final Set<String> WORD_MODELS = Set.of("WordLevel", "WordPiece");

  private final Path file;
  private final ObjectNode json;
  private final Map<String, Integer> vocabulary;
  private final Map<String, Integer> added;

  TokenizerFile(Path file, ObjectNode json) {
    this.file = file;
    this.json = json;
    this.vocabulary = vocabulary();
    this.added = added();
    checkIds();
  }

  public static TokenizerFile open(Path file) {
    return parse(file, JsonFile.bytes(file, MAX_BYTES));
  }

  /** The {@code tokenizer.json} of a directory, or what its byte-pair files say. */
  public static TokenizerFile openIn(Path directory) {
    Path file = directory.resolve(ModelDirectory.TOKENIZER);
    if (Files.exists(file)) {
      return open(file);
    }
    if (Files.exists(directory.resolve(BytePairFiles.VOCABULARY))) {
      return new BytePairFiles(directory).read();
    }
    throw new ModelException(
        "%s has neither a tokenizer.json nor vocab.json and merges.txt".formatted(directory));
  }

  static TokenizerFile parse(Path file, byte[] bytes) {
    if (!(JsonFile.parse(file, bytes) instanceof ObjectNode json)) {
      throw new ModelException(file + " is not a JSON object: not a tokenizer.json");
    }
    return new TokenizerFile(file, json);
  }

  private Map<String, Integer> vocabulary() {
    Map<String, Integer> ids = new LinkedHashMap<>();
    JsonNode vocab = json.path("model").path("vocab");
    vocab.properties().forEach(entry -> put(ids, entry.getKey(), entry.getValue()));
    for (int i = 0; vocab.isArray() && i < vocab.size(); i++) {
      ids.put(vocab.get(i).path(0).asText(), i); // Unigram: [[piece, score], ...]
    }
    if (ids.isEmpty()) {
      throw new ModelException(file + " has no vocabulary: not a tokenizer.json");
    }
    return ids;
  }

  private Map<String, Integer> added() {
    Map<String, Integer> ids = new LinkedHashMap<>();
    for (JsonNode token : json.path("added_tokens")) {
      put(ids, token.path("content").asText(), token.path("id"));
    }
    return ids;
  }

  private void put(Map<String, Integer> ids, String token, JsonNode id) {
    if (!id.isInt() || id.intValue() < 0 || id.intValue() > MAX_ID) {
      throw new ModelException("%s: token %s has the id %s".formatted(file, token, id));
    }
    if (ids.put(token, id.intValue()) != null) {
      throw new ModelException("%s: token %s is there twice".formatted(file, token));
    }
  }

  private void checkIds() {
    Set<Integer> seen = new HashSet<>();
    ids()
        .forEach(
            (token, id) -> {
              if (!seen.add(id)) {
                throw new ModelException(
                    "%s: token %s has the id %d of another".formatted(file, token, id));
              }
            });
  }

  /** Every token and its id. */
  public Map<String, Integer> ids() {
    Map<String, Integer> ids = new LinkedHashMap<>(vocabulary);
    ids.putAll(added);
    return ids;
  }

  public Optional<Integer> id(String token) {
    Integer id = added.get(token);
    return Optional.ofNullable(id != null ? id : vocabulary.get(token));
  }

  /** The token that is put before every text, if there is one. */
  public Optional<Integer> first() {
    JsonNode processor = json.path("post_processor");
    JsonNode all = processor.path("processors");
    for (JsonNode one : all.isArray() ? all : List.of(processor)) {
      JsonNode token = one.path("single").path(0).path("SpecialToken").path("id");
      if (token.isTextual()) {
        return id(token.asText());
      }
    }
    return Optional.empty();
  }

  /** The token that stands for every word that is not there, in a vocabulary of whole words. */
  Optional<Integer> unknownWord() {
    JsonNode model = json.path("model");
    return WORD_MODELS.contains(model.path("type").asText())
        ? id(model.path("unk_token").asText())
        : Optional.empty();
  }

  /** The number of tokens: {@code len(tokenizer)}, to which embeddings are resized. */
  public int size() {
    return ids().size();
  }

  /**
   * Makes special tokens of these, in this order. One that is there already keeps its id; the
   * others get those after the largest.
   *
   * @return their ids, in the same order
   */
  public List<Integer> addSpecialTokens(List<String> tokens) {
    return tokens.stream().map(this::addSpecialToken).toList();
  }

  private int addSpecialToken(String token) {
    if (token.isEmpty()) {
      throw new IllegalArgumentException("a special token is empty");
    }
    int id = id(token).orElseGet(() -> nextId(token));
    added.put(token, id);
    writeAdded(token, id);
    return id;
  }

  /** Tokenizers counts the vocabulary and does not look for its largest id. */
  private int nextId(String token) {
    int afterAdded = added.values().stream().mapToInt(id -> id + 1).max().orElse(0);
    int next = Math.max(vocabulary.size(), afterAdded);
    if (vocabulary.containsValue(next)) {
      throw new ModelException(
          "%s: the vocabulary has gaps, so that token %s would get the id %d of another"
              .formatted(file, token, next));
    }
    return next;
  }

  private void writeAdded(String token, int id) {
    List<JsonNode> entries = new ArrayList<>();
    json.path("added_tokens").forEach(entries::add);
    entries.removeIf(entry -> entry.path("content").asText().equals(token));
    entries.add(added(token, JsonNodeFactory.instance.numberNode(id), true));
    entries.sort(Comparator.comparingInt(node -> node.path("id").asInt()));
    ArrayNode array = JsonNodeFactory.instance.arrayNode().addAll(entries);
    json.set("added_tokens", array);
  }

  /** As the file lists an added token. */
  static ObjectNode added(String token, JsonNode id, boolean special) {
    ObjectNode entry = JsonNodeFactory.instance.objectNode();
    entry.set("id", id);
    entry.put("content", token);
    for (String option : List.of("single_word", "lstrip", "rstrip", "normalized")) {
      entry.put(option, false);
    }
    return entry.put("special", special);
  }

  /** Writes all of the file, with what was added, and replaces one that is there. */
  public void write(Path copy) throws IOException {
    Path part = copy.resolveSibling(copy.getFileName() + ".part");
    try {
      Files.writeString(part, json.toPrettyString());
      Files.move(part, copy, ATOMIC_MOVE, REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(part);
    }
  }
}
