package dev.flamingostreams.flamingo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.flamingostreams.checkpoints.ModelDirectory;
import dev.flamingostreams.checkpoints.ModelException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigReaderTest {
  private static final Path DEFAULT = Path.of("src/main/models/default/config.json");
  private static final String UNKNOWN_TEXTS =
      "\"unknownTexts\" : [ \"nothing known\", \"unknown\" ]";

  @TempDir Path model;

  @BeforeEach
  void writeAModel() throws IOException {
    Files.copy(DEFAULT, model.resolve("config.json"));
    Files.createFile(model.resolve("tokenizer.json"));
    Files.createFile(model.resolve("weights.safetensors"));
  }

  @Test
  void theDefaultModelsConfigIsRead() {
    assertThat(ConfigReader.read(ModelDirectory.open(model)).id()).isEqualTo("flamingo-scenes-10");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          "latents" : 32        | "latents" : "16"      | resampler.latents is "16", must be a whole number
          "latents" : 32        | "latents" : 16.5      | resampler.latents is 16.5, must be a whole number
          "latents" : 32        | "latents" : [16]      | resampler.latents is [16], must be a whole number
          "latents" : 32        | "latents" : null      | resampler.latents is missing
          "latents" : 32        | "latents" : 32, "slots" : 16 | unknown key resampler.slots
          "latents" : 32        | "latents" : 32, "latents" : 8 | is not valid JSON: Duplicate field 'latents'
          "tiedHead" : true     | "tiedHead" : 1        | language.tiedHead is 1, must be true or false
          "kind" : "mpt"        | "kind" : "gpt5"       | language.kind is "gpt5", must be one of mpt, gpt-neox, opt, llama
          "kind" : "mpt",       |                       | language.kind is missing, must be one of mpt, gpt-neox, opt, llama
          "mask" : "immediate"  | "mask" : "none"       | crossAttention.mask is "none", must be one of immediate, allBefore
          "lengthPenalty" : 1.0 | "lengthPenalty" : "x" | decoding.lengthPenalty is "x", must be a number
          "clip" : 0.0          | "clip" : 1e999        | language.clip is Infinity, must be 0 or more
          "id" : "flamingo-     | "id" : "\\u001b       | must be printable text
          "id" : "flamingo-scenes-10" | "id" : 5         | id is 5, must be text
          "id" : "flamingo-scenes-10" | "id" : " "       | id is ' ', must be printable text
          """)
  void aWrongValueIsNamedInTheWordsOfTheFile(String right, String wrong, String fault)
      throws IOException {
    refused(right, wrong == null ? "" : wrong, fault);
  }

  @Test
  void whatIsNoNumberInAListIsNamedByItsPlace() throws IOException {
    String config = Files.readString(DEFAULT);
    String mean = config.substring(config.indexOf("\"mean\""), config.indexOf(']') + 1);
    refused(mean, "\"mean\" : [ 0, null, 0 ]", "vision.preprocessing.mean[1] is missing");
    refused(
        mean,
        "\"mean\" : [ 0, \"NaN\", 0 ]",
        "vision.preprocessing.mean[1] is \"NaN\", must be a number");
    refused(mean, "\"mean\" : [ 0, 1e99, 0 ]", "vision.preprocessing.mean is [0.0, Infinity, 0.0]");
    refused("\"std\" : [", "\"std\" : [ -1,", "vision.preprocessing.std is [-1.0");
  }

  @Test
  void aPartThatIsNoObjectIsRefused() throws IOException {
    refused("\"vision\" : {", "\"vision\" : \"clip\", \"visions\" : {", "vision is \"clip\"");
    refused("\"language\" : {", "\"language\" : [1], \"l\" : {", "language is [1], must be an obj");
  }

  @Test
  void aThresholdIsANumber() throws IOException {
    String line =
        Files.readString(DEFAULT)
            .lines()
            .filter(l -> l.contains("unsureBelow"))
            .findFirst()
            .orElseThrow();
    refused(line, "\"unsureBelow\" : \"NaN\",", "unsureBelow is \"NaN\", must be a number");
  }

  @Test
  void textsOfTheUnknownMayBeLeftOut() throws IOException {
    write(",\n  " + UNKNOWN_TEXTS, "");
    assertThat(ConfigReader.read(ModelDirectory.open(model)).unknownTexts()).isEmpty();
  }

  @Test
  void textsOfTheUnknownAreRead() throws IOException {
    write(
        UNKNOWN_TEXTS, withUnknownTexts("[\"nothing known\", \"%s\"]".formatted("x".repeat(200))));
    assertThat(ConfigReader.read(ModelDirectory.open(model)).unknownTexts())
        .containsExactly("nothing known", "x".repeat(200));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          "unknown"        | unknownTexts is "unknown", must be a list
          null             | unknownTexts is missing
          ["a", null]      | unknownTexts[1] is missing
          ["a", 5]         | unknownTexts[1] is 5, must be text
          ["a", true]      | unknownTexts[1] is true, must be text
          ["a", ""]        | unknownTexts[1] is '', must be printable text without space around it
          ["a", " b"]      | unknownTexts[1] is ' b', must be printable text without space around it
          ["a\\u0007"]     | unknownTexts[0] is 'a\u0007', must be printable text without space around it
          """)
  void whatIsNoTextOfTheUnknownIsRefused(String texts, String fault) throws IOException {
    assertThat(refusal(UNKNOWN_TEXTS, withUnknownTexts(texts))).isEqualTo(fault);
  }

  @Test
  void textsOfTheUnknownAreFewAndShort() throws IOException {
    String long201 = "[\"a\", \"%s\"]".formatted("x".repeat(201));
    assertThat(refusal(UNKNOWN_TEXTS, withUnknownTexts(long201)))
        .isEqualTo("unknownTexts[1] is 201 characters, must be at most 200");
    String twenty = "\"a\", ".repeat(20);
    assertThat(refusal(UNKNOWN_TEXTS, withUnknownTexts("[%s\"a\"]".formatted(twenty))))
        .isEqualTo("unknownTexts is 21 texts, must be at most 20");
  }

  private static String withUnknownTexts(String json) {
    return "\"unknownTexts\" : " + json;
  }

  /** What is said after the name of the file. */
  private String refusal(String right, String wrong) throws IOException {
    write(right, wrong);
    ModelException refused =
        catchThrowableOfType(
            ModelException.class, () -> ConfigReader.read(ModelDirectory.open(model)));
    assertThat(refused).isNotNull();
    return String.valueOf(refused.getMessage()).replace(model.resolve("config.json") + ": ", "");
  }

  private void refused(String right, String wrong, String fault) throws IOException {
    write(right, wrong);
    assertThatThrownBy(() -> ConfigReader.read(ModelDirectory.open(model)))
        .isInstanceOf(ModelException.class)
        .hasMessageStartingWith(model.resolve("config.json").toString())
        .hasMessageContaining(fault)
        .hasMessageNotContainingAny("\n", "dev.flamingostreams", "`");
  }

  private void write(String right, String wrong) throws IOException {
    String config = Files.readString(DEFAULT);
    assertThat(config).contains(right);
    Files.writeString(model.resolve("config.json"), config.replace(right, wrong));
  }
}
