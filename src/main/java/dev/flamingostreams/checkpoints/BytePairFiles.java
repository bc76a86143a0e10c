package dev.flamingostreams.checkpoints;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The files of GPT-2's tokenizer, {@code vocab.json} and {@code merges.txt}, which older releases
 * such as OPT have instead of a {@code tokenizer.json}: byte-level byte-pair encoding.
 */
final class BytePairFiles {
  static final String VOCABULARY = "vocab.json";
  static final String MERGES = "merges.txt";

  private static final String SPECIAL_TOKENS = "special_tokens_map.json";

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
    json.set("added_tokens", NODES.arrayNode());
    json.set("pre_tokenizer", byteLevel());
    json.set("decoder", byteLevel());
    ObjectNode model = json.putObject("model");
    model.put("type", "BPE");
    model.set("vocab", vocabulary);
    model.set("merges", merges());
    TokenizerFile tokenizer = new TokenizerFile(file, json);
    addSpecialTokens(tokenizer);
    return tokenizer;
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

  /** The map gives a token's text, or an object with it. */
  private void addSpecialTokens(TokenizerFile tokenizer) {
    Path file = directory.resolve(SPECIAL_TOKENS);
    if (!Files.exists(file)) {
      return;
    }
    for (JsonNode token : JsonFile.read(file, JsonFile.MAX_SETTINGS_BYTES)) {
      String text = token.isObject() ? token.path("content").asText() : token.asText();
      if (tokenizer.id(text).isPresent()) {
        tokenizer.addSpecialTokens(List.of(text));
      }
    }
  }
}
