package dev.flamingostreams.training;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.flamingostreams.checkpoints.Tokenizer;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One token for each word of the world's captions, after the special ones. */
final class Vocabulary {
  private static final List<String> SPECIAL =
      List.of(Tokenizer.PAD, Tokenizer.BEGIN, Tokenizer.IMAGE, Tokenizer.END);

  private final Map<String, Integer> ids = new LinkedHashMap<>();

  /** The words of the texts in order of first appearance. */
  Vocabulary(Collection<String> texts) {
    SPECIAL.forEach(this::add);
    for (String text : texts) {
      for (String word : text.split(" ", -1)) {
        add(word);
      }
    }
  }

  private void add(String word) {
    ids.putIfAbsent(word, ids.size());
  }

  int size() {
    return ids.size();
  }

  int id(String token) {
    Integer id = ids.get(token);
    if (id == null) {
      throw new IllegalArgumentException("no such word in the vocabulary: " + token);
    }
    return id;
  }

  /** {@code <image> words... <EOC>}. */
  int[] caption(String text) {
    String[] words = text.split(" ", -1);
    int[] tokens = new int[words.length + 2];
    tokens[0] = id(Tokenizer.IMAGE);
    for (int i = 0; i < words.length; i++) {
      tokens[i + 1] = id(words[i]);
    }
    tokens[tokens.length - 1] = id(Tokenizer.END);
    return tokens;
  }

  /** As a Hugging Face {@code tokenizer.json}: word level, split at white space. */
  String toJson() {
    JsonMapper json = new JsonMapper();
    ObjectNode root = json.createObjectNode();
    root.put("version", "1.0");
    root.putNull("truncation").putNull("padding");
    var added = root.putArray("added_tokens");
    for (String token : SPECIAL) {
      added
          .addObject()
          .put("id", id(token))
          .put("content", token)
          .put("single_word", false)
          .put("lstrip", true)
          .put("rstrip", true)
          .put("normalized", false)
          .put("special", true);
    }
    root.putObject("normalizer").put("type", "Lowercase");
    root.putObject("pre_tokenizer").put("type", "WhitespaceSplit");
    root.putNull("post_processor").putNull("decoder");
    ObjectNode model = root.putObject("model").put("type", "WordLevel");
    model.putPOJO("vocab", ids).put("unk_token", Tokenizer.PAD);
    return json.valueToTree(root).toPrettyString() + "\n";
  }
}
