package dev.flamingostreams.checkpoints;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WholeFileTest {
  @TempDir Path directory;

  @Test
  void aFileIsReplacedAsAWhole() throws IOException {
    Path file = Files.writeString(directory.resolve("a.json"), "something longer");
    WholeFile.write(file, "new");
    assertThat(file).hasContent("new");
    assertThat(directory).isDirectoryNotContaining("glob:**.part");
  }

  @Test
  void aDiskThatFillsLeavesTheOldFileAndNoDraft() throws IOException {
    Path file = Files.writeString(directory.resolve("a.json"), "old");
    WholeFile.Content fills =
        channel -> {
          channel.write(ByteBuffer.wrap(new byte[1000]));
          throw new IOException("No space left on device");
        };
    assertThatThrownBy(() -> WholeFile.write(file, fills)).hasMessage("No space left on device");
    assertThat(file).hasContent("old");
    assertThat(directory).isDirectoryNotContaining("glob:**.part");
  }

  @Test
  void aDraftThatAKillLeftIsNoHindrance() throws IOException {
    Path file = directory.resolve("a.json");
    Files.writeString(directory.resolve("a.json.part"), "half of something much longer");
    WholeFile.write(file, "new");
    assertThat(file).hasContent("new");
  }
}
