package dev.flamingostreams.training;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.flamingostreams.checkpoints.Tokenizer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** One token for each word of the world's captions, after the special ones. */
final class Vocabulary {
  private static final String NO_SUCH_WORD = "<unk>";
  private static final List<String> SPECIAL =
      List.of(Tokenizer.PAD, Tokenizer.BEGIN, Tokenizer.IMAGE, Tokenizer.END, NO_SUCH_WORD);

  private static final Pattern WORD = Pattern.compile("\\w+|[^\\w\\s]+");

  private final Map<String, Integer> ids = new LinkedHashMap<>();

  /** The words of the texts in order of first appearance. */
  Vocabulary(Collection<String> texts) {
    SPECIAL.forEach(this::add);
    texts.forEach(text -> words(text).forEach(this::add));
  }

  /** As the tokenizer splits it: words, and each run of punctuation, in lower case. */
  private static List<String> words(String text) {
    return WORD.matcher(text.toLowerCase(Locale.ROOT)).results().map(MatchResult::group).toList();
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

  /** {@code <image> prompt answer <EOC>}. */
  Chunk chunk(String prompt, String answer) {
    List<Integer> tokens = new ArrayList<>();
    tokens.add(id(Tokenizer.IMAGE));
    words(prompt).forEach(word -> tokens.add(id(word)));
    int from = tokens.size();
    words(answer).forEach(word -> tokens.add(id(word)));
    tokens.add(id(Tokenizer.END));
    return new Chunk(tokens.stream().mapToInt(Integer::intValue).toArray(), from);
  }

  /** As a Hugging Face {@code tokenizer.json}: word level, split at white space and punctuation. */
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
    root.putObject("pre_tokenizer").put("type", "Whitespace");
    root.putNull("post_processor").putNull("decoder");
    ObjectNode model = root.putObject("model").put("type", "WordLevel");
    model.putPOJO("vocab", ids).put("unk_token", NO_SUCH_WORD);
    return json.valueToTree(root).toPrettyString() + "\n";
  }
}
