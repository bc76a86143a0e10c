package dev.flamingostreams.checkpoints;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelDirectoryTest {
  @TempDir Path path;

  @BeforeEach
  void writeTheFiles() throws IOException {
    Files.writeString(path.resolve("config.json"), "{\"name\": \"tiny\"}");
    Files.writeString(path.resolve("tokenizer.json"), TokenizerTest.JSON);
    Files.writeString(path.resolve("weights.safetensors"), "abc");
  }

  @Test
  void givesTheFilesOfAModel() {
    ModelDirectory model = ModelDirectory.open(path);
    assertThat(model.config().path("name").asText()).isEqualTo("tiny");
    assertThat(model.weightsHash())
        .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    try (Tokenizer tokenizer = model.tokenizer()) {
      assertThat(tokenizer.vocabularySize()).isEqualTo(9);
    }
  }

  @Test
  void whatIsMissingIsNamed() throws IOException {
    assertRefused(path.resolve("no"), "model directory " + path.resolve("no") + " does not exist");
    Path config = path.resolve("config.json");
    assertRefused(config, "model directory " + config + " is not a directory");
    for (String name : new String[] {"weights.safetensors", "tokenizer.json", "config.json"}) {
      Files.delete(path.resolve(name));
      assertRefused(path, "model directory " + path + " has no " + name);
    }
  }

  @Test
  void aConfigThatIsNotAJsonObjectIsRefused() throws IOException {
    Path config = path.resolve("config.json");
    for (String wrong : new String[] {"{", "", "[1]"}) {
      Files.writeString(config, wrong);
      ModelDirectory model = ModelDirectory.open(path);
      assertThatThrownBy(model::config)
          .isInstanceOf(ModelException.class)
          .hasMessageStartingWith(config + " is not");
    }
  }

  private static void assertRefused(Path path, String message) {
    assertThatThrownBy(() -> ModelDirectory.open(path))
        .isInstanceOf(ModelException.class)
        .hasMessage(message);
  }
}
