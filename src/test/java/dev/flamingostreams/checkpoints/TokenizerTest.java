package dev.flamingostreams.checkpoints;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenizerTest {
  static final String JSON =
      """
      {
        "version": "1.0",
        "added_tokens": [
          {"id": 0, "content": "<pad>", "special": true, "single_word": false,
           "lstrip": false, "rstrip": false, "normalized": false},
          {"id": 1, "content": "<bos>", "special": true, "single_word": false,
           "lstrip": false, "rstrip": false, "normalized": false},
          {"id": 2, "content": "<EOC>", "special": true, "single_word": false,
           "lstrip": false, "rstrip": false, "normalized": false},
          {"id": 3, "content": "<image>", "special": true, "single_word": false,
           "lstrip": false, "rstrip": false, "normalized": false}
        ],
        "normalizer": null,
        "pre_tokenizer": {"type": "Whitespace"},
        "post_processor": null,
        "decoder": null,
        "model": {"type": "WordLevel", "unk_token": "<unk>",
          "vocab": {"<pad>": 0, "<bos>": 1, "<EOC>": 2, "<image>": 3, "<unk>": 4,
                    "a": 5, "red": 6, "square": 7, "moves": 8}}
      }
      """;

  @TempDir Path directory;
  private Path file;

  @BeforeEach
  void writeTheFile() throws IOException {
    file = directory.resolve("tokenizer.json");
    Files.writeString(file, JSON);
  }

  @Test
  void encodesSpecialTokensAndWordsAndDecodesTheWords() {
    try (Tokenizer tokenizer = Tokenizer.open(file)) {
      int[] ids = tokenizer.encode("<bos><image>a red square<EOC>");
      assertThat(ids).containsExactly(1, 3, 5, 6, 7, 2);
      assertThat(tokenizer.decode(ids)).isEqualTo("a red square");
      assertThat(tokenizer.id(Tokenizer.IMAGE)).isEqualTo(3);
      assertThat(tokenizer.vocabularySize()).isEqualTo(9);
      assertThatThrownBy(() -> tokenizer.id("<box>")).hasMessage(file + " has no token <box>");
    }
  }

  @Test
  void aPromptOfWordsAndPunctuationIsReadWordByWord() throws IOException {
    String words = "question : is there car ? short answer yes";
    StringBuilder vocabulary = new StringBuilder();
    int id = 9;
    for (String word : words.split(" ", -1)) {
      vocabulary.append(", \"%s\": %d".formatted(word, id++));
    }
    Files.writeString(
        file,
        JSON.replace("\"normalizer\": null", "\"normalizer\": {\"type\": \"Lowercase\"}")
            .replace(", \"moves\": 8", ", \"moves\": 8" + vocabulary));
    try (Tokenizer tokenizer = Tokenizer.open(file)) {
      int[] ids = tokenizer.encode("<image>Question:Is there a car? Short answer:yes<EOC>");
      assertThat(tokenizer.decode(ids)).isEqualTo("question : is there a car ? short answer : yes");
      assertThat(ids).doesNotContain(tokenizer.id("<unk>")).hasSize(13);
    }
  }

  @Test
  void longTextsAreNotCut() {
    try (Tokenizer tokenizer = Tokenizer.open(file)) {
      assertThat(tokenizer.encode("red ".repeat(2000))).hasSize(2000);
    }
  }

  @Test
  void garbageIsRefusedWithTheNameOfTheFile() throws IOException {
    for (String garbage :
        new String[] {
          "garbage",
          "{}",
          "",
          JSON.substring(0, 800),
          JSON.replace("WordLevel", "NoSuch"),
          JSON.replace("Whitespace", "NoSuch")
        }) {
      Files.writeString(file, garbage);
      assertThatThrownBy(() -> Tokenizer.open(file))
          .isInstanceOf(ModelException.class)
          .hasMessageContaining(file.toString())
          .message()
          .doesNotContain("\n");
    }
  }
}
