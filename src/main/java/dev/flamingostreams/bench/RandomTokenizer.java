package dev.flamingostreams.bench;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.flamingostreams.flamingo.SpecialTokens;
import java.util.List;

/** A {@code tokenizer.json} of made-up words. */
final class RandomTokenizer {
  static final SpecialTokens SPECIAL =
      new SpecialTokens(2, SpecialTokens.NONE, 3, 0, SpecialTokens.NONE, "<image>", "<EOC>");

  private static final List<String> ADDED = List.of("<pad>", "<bos>", "<image>", "<EOC>");

  private RandomTokenizer() {}

  static String json(int vocabulary) {
    ObjectNode all = new JsonMapper().createObjectNode();
    all.put("version", "1.0");
    ArrayNode added = all.putArray("added_tokens");
    for (int i = 0; i < ADDED.size(); i++) {
      ObjectNode token = added.addObject().put("id", i).put("content", ADDED.get(i));
      for (String flag : List.of("single_word", "lstrip", "rstrip", "normalized")) {
        token.put(flag, false);
      }
      token.put("special", true);
    }
    all.putObject("pre_tokenizer").put("type", "WhitespaceSplit");
    ObjectNode model = all.putObject("model").put("type", "WordLevel").put("unk_token", "<pad>");
    ObjectNode words = model.putObject("vocab");
    for (int i = 0; i < vocabulary; i++) {
      words.put(i < ADDED.size() ? ADDED.get(i) : "w" + i, i);
    }
    return all.toString();
  }
}
