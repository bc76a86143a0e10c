package dev.flamingostreams.checkpoints;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokenizerFileTest {
  @TempDir Path directory;
  private Path file;

  @BeforeEach
  void nameTheFile() {
    file = directory.resolve("tokenizer.json");
  }

  @ParameterizedTest
  @ValueSource(strings = {"gpt-neox", "opt", "llama"})
  void tokensAreAddedAndTextsEncodedAsTransformersDoes(String name) throws IOException {
    JsonNode expected = JsonFile.read(Fixtures.file(name + "-expected.json"), 1 << 20);
    TokenizerFile added = TokenizerFile.open(Fixtures.file(name + ".json"));
    List<String> tokens = new ArrayList<>();
    List<Integer> ids = new ArrayList<>();
    for (var entry : expected.path("added").properties()) {
      tokens.add(entry.getKey());
      ids.add(entry.getValue().asInt());
    }
    assertThat(added.addSpecialTokens(tokens)).isEqualTo(ids);
    assertThat(added.size()).isEqualTo(expected.path("size").asInt());
    added.write(file);
    assertThat(directory.toFile().list()).containsExactly("tokenizer.json");
    assertThat(TokenizerFile.open(file).ids()).isEqualTo(added.ids());
    assertEncodes(expected);
  }

  private void assertEncodes(JsonNode expected) {
    try (Tokenizer tokenizer = Tokenizer.open(file)) {
      assertThat(tokenizer.vocabularySize()).isEqualTo(expected.path("size").asInt());
      for (JsonNode text : expected.path("texts")) {
        int[] ids = new JsonMapper().convertValue(text.path("ids"), int[].class);
        assertThat(tokenizer.encode(text.path("text").asText())).isEqualTo(ids);
        assertThat(tokenizer.decode(ids)).isEqualTo(text.path("decoded").asText().strip());
      }
    }
  }

  @Test
  void aVocabularyWithItsMergesIsReadAsTheTokenizerThatItMakes() throws IOException {
    JsonNode whole = JsonFile.read(Fixtures.file("opt.json"), 1 << 20);
    JsonNode expected = JsonFile.read(Fixtures.file("opt-expected.json"), 1 << 20);
    StringBuilder merges = new StringBuilder("#version: 0.2\n");
    for (JsonNode merge : whole.path("model").path("merges")) {
      merges.append(
          merge.isArray() ? merge.get(0).asText() + " " + merge.get(1).asText() : merge.asText());
      merges.append('\n');
    }
    Files.writeString(
        directory.resolve("vocab.json"), whole.path("model").path("vocab").toString());
    Files.writeString(directory.resolve("merges.txt"), merges);
    Files.writeString(
        directory.resolve("special_tokens_map.json"),
        "{\"bos_token\":\"</s>\",\"pad_token\":{\"content\":\"<pad>\"},\"unk_token\":\"no\"}");
    Files.writeString(directory.resolve("added_tokens.json"), "{\"        \":300}");
    TokenizerFile tokenizer = TokenizerFile.openIn(directory);
    List<String> added = new ArrayList<>();
    expected.path("added").properties().forEach(entry -> added.add(entry.getKey()));
    tokenizer.addSpecialTokens(added);
    tokenizer.write(file);
    assertEncodes(expected);
  }

  @Test
  void tokensThatWereAddedToAVocabularyKeepTheirIds() throws IOException {
    writeVocabulary("{\"<y>\":3,\"<x>\":2,\"</s>\":1}");
    Files.writeString(
        directory.resolve("special_tokens_map.json"),
        "{\"eos_token\":\"</s>\",\"additional_special_tokens\":[\"<y>\"]}");
    TokenizerFile tokenizer = TokenizerFile.openIn(directory);
    assertThat(tokenizer.ids()).isEqualTo(Map.of("a", 0, "</s>", 1, "<x>", 2, "<y>", 3));
    assertThat(tokenizer.addSpecialTokens(List.of("<z>"))).containsExactly(4);
    tokenizer.write(file);
    JsonNode tokens = JsonFile.read(file, 1 << 20).path("added_tokens");
    assertThat(tokens.findValuesAsText("content")).containsExactly("</s>", "<x>", "<y>", "<z>");
    assertThat(tokens.findValuesAsText("special")).containsExactly("true", "false", "true", "true");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"<x>": 3}             | token <x> has the id 3, must have 2
          {"<x>": 2, "<y>": 2}   | token <y> has the id 2, must have 3
          {"</s>": 2}            | token </s> has the id 2, must have 1
          {"<x>": "2"}           | token <x> has the id "2", must have 2
          """)
  void idsThatWereNotAddedInTheirOrderAreRefused(String added, String fault) throws IOException {
    writeVocabulary(added);
    assertThatThrownBy(() -> TokenizerFile.openIn(directory))
        .isInstanceOf(ModelException.class)
        .hasMessage("%s: %s".formatted(directory.resolve("added_tokens.json"), fault));
  }

  private void writeVocabulary(String added) throws IOException {
    Files.writeString(directory.resolve("vocab.json"), "{\"a\":0,\"</s>\":1}");
    Files.writeString(directory.resolve("merges.txt"), "#version: 0.2\n");
    Files.writeString(directory.resolve("added_tokens.json"), added);
  }

  @Test
  void aMapOfSpecialTokensMayBeAsLargeAsOtherSettings() throws IOException {
    writeVocabulary("{}");
    Path map = directory.resolve("special_tokens_map.json");
    Files.writeString(map, "{\"eos_token\":\"</s>\"}" + " ".repeat(1 << 16));
    assertThat(TokenizerFile.openIn(directory).size()).isEqualTo(2);
    Files.writeString(map, " ".repeat((4 << 20) + 1));
    assertThatThrownBy(() -> TokenizerFile.openIn(directory))
        .hasMessage(map + " is larger than 4 MB: not a special_tokens_map.json");
  }

  @Test
  void whatIsWrongWithTheFilesOfATokenizerIsSaid() throws IOException {
    assertThatThrownBy(() -> TokenizerFile.openIn(directory))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("has neither a tokenizer.json nor vocab.json and merges.txt");
    Files.writeString(directory.resolve("vocab.json"), "{\"a\":0}");
    assertThatThrownBy(() -> TokenizerFile.openIn(directory))
        .hasMessageContaining("merges.txt does not exist");
    Files.writeString(directory.resolve("merges.txt"), "#version: 0.2\na b c\n");
    assertThatThrownBy(() -> TokenizerFile.openIn(directory))
        .hasMessageContaining("merges.txt: 'a b c' is not a pair of tokens");
  }

  @Test
  void aTokenThatIsThereKeepsItsIdAndBecomesSpecial() throws IOException {
    write("[{\"id\":2,\"content\":\"<x>\",\"special\":false}]", "{\"a\":0,\"<y>\":1}");
    TokenizerFile added = TokenizerFile.open(file);
    assertThat(added.addSpecialTokens(List.of("<z>", "<y>", "<x>", "<z>")))
        .containsExactly(3, 1, 2, 3);
    added.write(file);
    JsonNode tokens = JsonFile.read(file, 1 << 20).path("added_tokens");
    assertThat(tokens.findValuesAsText("content")).containsExactly("<y>", "<x>", "<z>");
    assertThat(tokens.findValuesAsText("id")).containsExactly("1", "2", "3");
    assertThat(tokens.findValuesAsText("special")).containsOnly("true");
    assertThat(added.size()).isEqualTo(4);
    assertThat(added.id("<q>")).isEmpty();
  }

  @Test
  void anEmptyListOfAddedTokensIsGrown() throws IOException {
    write("null", "[[\"a\",-1.5],[\"b\",-2]]");
    assertThat(TokenizerFile.open(file).addSpecialTokens(List.of("<PAD>"))).containsExactly(2);
  }

  @Test
  void aVocabularyWithGapsIsRefusedWhereAnIdWouldBeTwice() throws IOException {
    write("[]", "{\"a\":0,\"b\":2}");
    assertThatThrownBy(() -> TokenizerFile.open(file).addSpecialTokens(List.of("<x>")))
        .isInstanceOf(ModelException.class)
        .hasMessage(
            file + ": the vocabulary has gaps, so that token <x> would get the id 2 of another");
  }

  @Test
  void idsThatAreNoneAreRefused() throws IOException {
    for (String id : new String[] {"-1", "1.5", "\"1\"", "null", "99999999999", "16777217"}) {
      write("[]", "{\"a\":%s}".formatted(id));
      assertRefused("token a has the id " + id);
    }
    write("[{\"id\":0,\"content\":\"<x>\"}]", "{\"a\":0}");
    assertRefused("token <x> has the id 0 of another");
    write("[{\"id\":1,\"content\":\"x\"},{\"id\":2,\"content\":\"x\"}]", "{\"a\":0}");
    assertRefused("token x is there twice");
    write("[]", "{\"a\":0,\"a\":1}");
    assertRefused("is not valid JSON: Duplicate field 'a'");
    write("[]", "{}");
    assertRefused("has no vocabulary: not a tokenizer.json");
    Files.writeString(file, "[]");
    assertRefused("is not a JSON object: not a tokenizer.json");
  }

  private void assertRefused(String fault) {
    assertThatThrownBy(() -> TokenizerFile.open(file))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining(fault)
        .hasMessageContaining(file.toString());
  }

  private void write(String added, String vocabulary) throws IOException {
    Files.writeString(
        file,
        "{\"added_tokens\":%s,\"model\":{\"type\":\"BPE\",\"vocab\":%s,\"merges\":[]}}"
            .formatted(added, vocabulary));
  }
}
