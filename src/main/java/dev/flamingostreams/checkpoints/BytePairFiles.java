package dev.flamingostreams.checkpoints;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The files of GPT-2's tokenizer, {@code vocab.json} and {@code merges.txt}, which older releases
 * such as OPT have instead of a {@code tokenizer.json}: byte-level byte-pair encoding.
 */
final class BytePairFiles {
  static final String VOCABULARY = "vocab.json";
  static final String MERGES = "merges.txt";

  private static final String SPECIAL_TOKENS = "special_tokens_map.json";
  private static final String ADDED_TOKENS = "added_tokens.json";

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final Path directory;

  BytePairFiles(Path directory) {
    this.directory = directory;
  }

  /** As a {@code tokenizer.json} would say it. */
  TokenizerFile read() {
    Path file = directory.resolve(VOCABULARY);
    JsonNode vocabulary = JsonFile.parse(file, JsonFile.bytes(file, TokenizerFile.MAX_BYTES));
    ObjectNode json = NODES.objectNode();
    json.put("version", "1.0");
    json.set("added_tokens", addedTokens(vocabulary));
    json.set("pre_tokenizer", byteLevel());
    json.set("decoder", byteLevel());
    ObjectNode model = json.putObject("model");
    model.put("type", "BPE");
    model.set("vocab", vocabulary);
    model.set("merges", merges());
    return new TokenizerFile(file, json);
  }

  private static ObjectNode byteLevel() {
    return NODES
        .objectNode()
        .put("type", "ByteLevel")
        .put("add_prefix_space", false)
        .put("trim_offsets", true)
        .put("use_regex", true);
  }

  private ArrayNode merges() {
    Path file = directory.resolve(MERGES);
    ArrayNode merges = NODES.arrayNode();
    String text = new String(JsonFile.bytes(file, TokenizerFile.MAX_BYTES), StandardCharsets.UTF_8);
    text.lines()
        .filter(line -> !line.isEmpty() && !line.startsWith("#version"))
        .forEach(line -> merges.add(pair(file, line)));
    return merges;
  }

  private static ArrayNode pair(Path file, String line) {
    String[] parts = line.split(" ", -1);
    if (parts.length != 2) {
      throw new ModelException("%s: '%s' is not a pair of tokens".formatted(file, line));
    }
    return NODES.arrayNode().add(parts[0]).add(parts[1]);
  }

  /** The special tokens of the vocabulary, and what was added to it later. */
  private ArrayNode addedTokens(JsonNode vocabulary) {
    Set<String> special = specialTokens();
    Map<String, JsonNode> ids = laterTokens(vocabulary);
    special.stream()
        .filter(vocabulary::has)
        .forEach(token -> ids.put(token, vocabulary.path(token)));
    ArrayNode tokens = NODES.arrayNode();
    sorted(ids.entrySet())
        .forEach(
            token ->
                tokens.add(
                    TokenizerFile.added(
                        token.getKey(), token.getValue(), special.contains(token.getKey()))));
    return tokens;
  }

  /** The map gives a token's text, or an object with it, or a list of these. */
  private Set<String> specialTokens() {
    Set<String> special = new LinkedHashSet<>();
    for (JsonNode named : readIfThere(SPECIAL_TOKENS)) {
      for (JsonNode token : named.isArray() ? named : List.of(named)) {
        special.add(token.isObject() ? token.path("content").asText() : token.asText());
      }
    }
    special.remove("");
    return special;
  }

  /** Each has the next id after the vocabulary's, or the one that the vocabulary gives it. */
  private Map<String, JsonNode> laterTokens(JsonNode vocabulary) {
    Map<String, JsonNode> ids = new LinkedHashMap<>();
    int next = vocabulary.size();
    for (Map.Entry<String, JsonNode> token : sorted(readIfThere(ADDED_TOKENS).properties())) {
      JsonNode known = vocabulary.path(token.getKey());
      JsonNode id = known.isMissingNode() ? NODES.numberNode(next++) : known;
      if (!token.getValue().equals(id)) {
        throw new ModelException(
            "%s: token %s has the id %s, must have %s"
                .formatted(directory.resolve(ADDED_TOKENS), token.getKey(), token.getValue(), id));
      }
      ids.put(token.getKey(), id);
    }
    return ids;
  }

  private static List<Map.Entry<String, JsonNode>> sorted(
      Collection<Map.Entry<String, JsonNode>> ids) {
    return ids.stream()
        .sorted(Comparator.comparingLong(token -> token.getValue().asLong()))
        .toList();
  }

  private JsonNode readIfThere(String name) {
    Path file = directory.resolve(name);
    return Files.exists(file)
        ? JsonFile.read(file, JsonFile.MAX_SETTINGS_BYTES)
        : MissingNode.getInstance();
  }
}
