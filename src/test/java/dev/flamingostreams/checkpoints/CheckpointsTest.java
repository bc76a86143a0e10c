package dev.flamingostreams.checkpoints;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CheckpointsTest {
  private static final String INDEX = "model.safetensors.index.json";
  private static final String FIRST = "model-00001-of-00002.safetensors";
  private static final String SECOND = "model-00002-of-00002.safetensors";

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"model.safetensors", "open_clip_model.safetensors"})
  void safetensorsAreFoundInADirectory(String name) throws IOException {
    Path file = directory.resolve(name);
    write(file, "a", 1);
    assertThat(Checkpoints.open(directory).floats("a")).containsExactly(1);
    assertThat(Checkpoints.open(directory).file()).isEqualTo(file);
  }

  @ParameterizedTest
  @ValueSource(strings = {"pytorch_model.bin", "open_clip_pytorch_model.bin"})
  void torchFilesAreFoundInADirectory(String name) throws IOException {
    Files.copy(Fixtures.file("tied.pt"), directory.resolve(name));
    assertThat(Checkpoints.open(directory).names()).contains("embeddings.weight");
    Path renamed = directory.resolve("model.pth");
    Files.move(directory.resolve(name), renamed);
    assertThat(Checkpoints.open(renamed).names()).contains("embeddings.weight");
  }

  @Test
  void safetensorsGoBeforeTorchFiles() throws IOException {
    Files.copy(Fixtures.file("tied.pt"), directory.resolve("pytorch_model.bin"));
    write(directory.resolve("model.safetensors"), "a", 1);
    assertThat(Checkpoints.open(directory).names()).containsExactly("a");
  }

  @Test
  void filesOfOpenClipAreReadWhereTheyArePreferred() throws IOException {
    Files.copy(Fixtures.file("tied.pt"), directory.resolve("pytorch_model.bin"));
    write(directory.resolve("open_clip_model.safetensors"), "a", 1);
    assertThat(Checkpoints.open(directory, "open_clip_").names()).containsExactly("a");
    assertThat(Checkpoints.open(directory).names()).contains("embeddings.weight");
  }

  @Test
  void anyNameWillDoWhereOneFileHasIt() throws IOException {
    Files.copy(Fixtures.file("tied.pt"), directory.resolve("any.pt"));
    assertThat(Checkpoints.open(directory).names()).contains("embeddings.weight");
    write(directory.resolve("any.safetensors"), "a", 1);
    assertThat(Checkpoints.open(directory).names()).containsExactly("a");
    write(directory.resolve("another.safetensors"), "b", 2);
    Files.copy(Fixtures.file("tied.pt"), directory.resolve("another.pth"));
    assertRefused("nor a single .safetensors or .pt");
  }

  @Test
  void shardsAreReadByTheirIndex() throws IOException {
    write(directory.resolve(FIRST), "a", 1);
    write(directory.resolve(SECOND), "b", 2);
    index(INDEX, "{\"b\":\"%s\",\"a\":\"%s\"}".formatted(SECOND, FIRST));
    for (Path path : new Path[] {directory, directory.resolve(INDEX)}) {
      Checkpoint sharded = Checkpoints.open(path);
      assertThat(sharded.names()).containsExactly("b", "a");
      assertThat(sharded.floats("a")).containsExactly(1);
      assertThat(sharded.floats("b")).containsExactly(2);
      assertThat(sharded.tensor("b").shape()).containsExactly(1L);
      assertThat(sharded.contains("c")).isFalse();
      assertThatThrownBy(() -> sharded.floats("c"))
          .hasMessage(directory.resolve(INDEX) + " has no tensor named c");
    }
  }

  @Test
  void shardsOfTorchFilesAreReadByTheirIndex() throws IOException {
    Files.copy(Fixtures.file("tied.pt"), directory.resolve("1.bin"));
    Files.copy(Fixtures.file("views.pt"), directory.resolve("2.bin"));
    index("pytorch_model.bin.index.json", "{\"row\":\"1.bin\",\"column\":\"2.bin\"}");
    Checkpoint sharded = Checkpoints.open(directory);
    assertThat(sharded.names()).containsExactly("row", "column");
    assertThat(sharded.floats("column")).hasSize(4);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"../a.bin", "/etc/a.bin", "b/a.bin", "..", ".", "", "a\\\\b.bin", "a\\u0000.bin"})
  void anIndexThatPointsOutsideItsDirectoryIsRefused(String name) throws IOException {
    index(INDEX, "{\"a\":\"%s\"}".formatted(name));
    assertRefused("which is not a file beside it");
  }

  @Test
  void anIndexThatDoesNotFitItsShardsIsRefused() throws IOException {
    index(INDEX, "{\"a\":\"%s\"}".formatted(FIRST));
    assertRefused("names the shard %s, which is missing".formatted(FIRST));
    write(directory.resolve(FIRST), "b", 1);
    assertRefused("tensor a is not in " + FIRST);
    index(INDEX, "{\"a\":\"%s\"}".formatted(INDEX));
    assertRefused("is no checkpoint by its name");
  }

  @Test
  void whatIsNoIndexIsRefused() throws IOException {
    index(INDEX, "{}");
    assertRefused("has no weight_map: not an index of shards");
    index(INDEX, "[\"a\"]");
    assertRefused("has no weight_map: not an index of shards");
    index(INDEX, "{\"a\":\"x\",\"a\":\"y\"}");
    assertRefused("is not valid JSON: Duplicate field 'a'");
    Files.writeString(directory.resolve(INDEX), "{");
    assertRefused("is not valid JSON");
  }

  @Test
  void whatIsNoCheckpointIsRefusedWithWhatWouldBe() throws IOException {
    assertRefused("holds no checkpoint: none of model.safetensors, model.safetensors.index.json, ");
    Path other = Files.createFile(directory.resolve("model.gguf"));
    assertThatThrownBy(() -> Checkpoints.open(other))
        .isInstanceOf(ModelException.class)
        .hasMessage(
            other
                + " is no checkpoint by its name: .safetensors, .pt, .pth, .bin or .index.json is"
                + " read");
    assertThatThrownBy(() -> Checkpoints.open(directory.resolve("no.pt")))
        .hasMessage(directory.resolve("no.pt") + " does not exist");
  }

  private void assertRefused(String fault) {
    assertThatThrownBy(() -> Checkpoints.open(directory))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining(fault)
        .hasMessageContaining(directory.toString());
  }

  private void index(String name, String weights) throws IOException {
    Files.writeString(
        directory.resolve(name),
        "{\"metadata\":{\"total_size\":8},\"weight_map\":%s}".formatted(weights));
  }

  private static void write(Path file, String name, float value) throws IOException {
    new SafetensorsWriter()
        .tensor(name, StoredType.F32, new long[] {1}, () -> new float[] {value})
        .write(file);
  }
}
