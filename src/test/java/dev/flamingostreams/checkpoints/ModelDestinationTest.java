package dev.flamingostreams.checkpoints;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelDestinationTest {
  private static final List<String> FILES =
      List.of(
          ModelDirectory.CONFIG,
          ModelDirectory.CARD,
          ModelDirectory.TOKENIZER,
          ModelDirectory.WEIGHTS);

  @TempDir private Path directory;
  private Path out;

  @BeforeEach
  void nameTheModel() {
    out = directory.resolve("model");
  }

  private void write(String text, boolean replace) throws IOException {
    try (ModelDestination destination = ModelDestination.of(out, replace)) {
      writeAll(destination.begin(), text);
      destination.finish();
    }
  }

  private static void writeAll(Path draft, String text) throws IOException {
    for (String file : FILES) {
      Files.writeString(draft.resolve(file), text);
    }
  }

  private void assertHolds(String text) {
    assertThat(out.toFile().list()).containsExactlyInAnyOrderElementsOf(FILES);
    assertThat(out.resolve(ModelDirectory.WEIGHTS)).hasContent(text);
    assertThat(directory.toFile().list()).contains("model").doesNotContain(".model.lock");
  }

  @Test
  void aDirectoryThatIsThereIsFilledAndNotReplaced() throws IOException {
    Files.createDirectory(out);
    Object mountPoint = key();
    write("new", false);
    write("newer", true);
    assertHolds("newer");
    assertThat(key()).isEqualTo(mountPoint);
  }

  private Object key() throws IOException {
    return Files.readAttributes(out, BasicFileAttributes.class).fileKey();
  }

  @Test
  void aLinkIsFollowedToItsDirectory() throws IOException {
    Path disk = Files.createDirectory(directory.resolve("disk"));
    Files.createSymbolicLink(out, disk);
    write("new", false);
    write("newer", true);
    assertHolds("newer");
    assertThat(out).isSymbolicLink();
    assertThat(directory.toFile().list()).containsExactlyInAnyOrder("model", "disk");
  }

  @Test
  void aLinkToNothingIsRefusedAtOnce() throws IOException {
    Files.createSymbolicLink(out, directory.resolve("none"));
    assertThatThrownBy(() -> ModelDestination.of(out, true))
        .isInstanceOf(ModelException.class)
        .hasMessage(out + " is a link to nothing: name the directory of the model");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whatAKilledCommandHasLeftIsDeletedWithoutWhatItLinksTo(boolean inside) throws IOException {
    Path place = inside ? Files.createDirectory(out) : directory;
    Path note = Files.writeString(directory.resolve("note.txt"), "mine");
    Path draft = Files.createDirectory(place.resolve(".model.part"));
    Files.writeString(draft.resolve("weights.safetensors.part"), "half");
    Files.createSymbolicLink(draft.resolve("link"), directory);
    Files.createFile(place.resolve(".model.lock"));
    write("new", false);
    assertHolds("new");
    assertThat(note).hasContent("mine");
    assertThat(directory.toFile().list()).containsExactlyInAnyOrder("model", "note.txt");
  }

  @Test
  void aDraftThatIsALinkIsDeletedAsALink() throws IOException {
    Path mine = Files.createDirectory(directory.resolve("mine"));
    Files.writeString(mine.resolve("note.txt"), "mine");
    Files.createSymbolicLink(directory.resolve(".model.part"), mine);
    write("new", false);
    assertHolds("new");
    assertThat(mine.resolve("note.txt")).hasContent("mine");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void oneCommandAtATimeWritesToAPlace(boolean inside) throws IOException {
    Path place = inside ? Files.createDirectory(out) : directory;
    Path draft = Files.createDirectory(place.resolve(".model.part"));
    Path lock = place.resolve(".model.lock");
    try (FileChannel other =
        FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      other.lock();
      assertThatThrownBy(() -> write("new", true))
          .isInstanceOf(ModelException.class)
          .hasMessage("another command is writing to %s; wait until it has ended".formatted(out));
    }
    assertThat(draft).exists();
    assertThat(lock).exists();
  }

  @Test
  void whatAnotherCommandBroughtMeanwhileIsNotReplaced() throws IOException {
    try (ModelDestination late = ModelDestination.of(out, false)) {
      write("new", false);
      assertThatThrownBy(late::begin).hasMessageContaining(out + " exists and is not empty");
    }
    assertHolds("new");
  }

  @Test
  void theOldModelStaysUntilTheNewOneIsWhole() throws IOException {
    write("old", false);
    try (ModelDestination failing = ModelDestination.of(out, true)) {
      writeAll(failing.begin(), "new");
    }
    assertHolds("old");
  }

  @Test
  void aModelWithoutACardKeepsNoneOfTheOldOne() throws IOException {
    write("old", false);
    try (ModelDestination destination = ModelDestination.of(out, true)) {
      Path draft = destination.begin();
      writeAll(draft, "new");
      Files.delete(draft.resolve(ModelDirectory.CARD));
      destination.finish();
    }
    assertThat(out.resolve(ModelDirectory.WEIGHTS)).hasContent("new");
    assertThat(out.resolve(ModelDirectory.CARD)).doesNotExist();
  }
}
