package dev.flamingostreams.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flamingostreams.training.evaluation.Recording;
import dev.flamingostreams.training.evaluation.Shot;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FootageFileTest {
  @TempDir Path folder;

  @Test
  void aRecordingIsCutIntoWindowsOfTwoSeconds() throws Exception {
    Path file = video("five-seconds.mp4", 60);
    assertThatCode(() -> FootageFile.check(file)).doesNotThrowAnyException();
    List<List<Shot>> windows = new ArrayList<>();
    FootageFile footage = new FootageFile(file);
    footage.play(window -> windows.add(List.copyOf(window)));
    assertThat(footage.name()).isEqualTo("five-seconds.mp4");
    assertThat(windows).hasSize(2).allMatch(window -> window.size() == 8);
    assertThat(windows.get(1).get(0).captureMicros()).isEqualTo(2_000_000);
  }

  @Test
  void aRecordingOfAFrameASecondHasNoWindowOfTwoSeconds() throws Exception {
    Path file = folder.resolve("slow.mp4");
    BufferedImage image = new BufferedImage(64, 48, BufferedImage.TYPE_3BYTE_BGR);
    CodecPath.encode(file, Collections.nCopies(20, image), 1);
    assertThatThrownBy(() -> FootageFile.check(file)).hasMessageContaining("too slow");
  }

  @Test
  void recordingsOfOneNameAreToldApart() {
    assertThat(
            FootageFile.of(List.of(Path.of("a/cam.mp4"), Path.of("b/cam.mp4"), Path.of("c.mp4"))))
        .extracting(Recording::name)
        .containsExactly(Path.of("a/cam.mp4").toString(), Path.of("b/cam.mp4").toString(), "c.mp4");
  }

  @Test
  void aRecordingWithoutAWindowIsRefused() throws Exception {
    Path file = video("short.mp4", 12);
    assertThatThrownBy(() -> FootageFile.check(file))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("short.mp4 is too short");
  }

  @Test
  void whatIsNoVideoIsRefused() throws Exception {
    Path file = Files.writeString(folder.resolve("a.mp4"), "text");
    assertThatThrownBy(() -> FootageFile.check(file))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("a.mp4");
    assertThatThrownBy(() -> FootageFile.check(folder.resolve("none.mp4")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("none.mp4");
  }

  private Path video(String name, int frames) throws IOException {
    Path file = folder.resolve(name);
    BufferedImage image = new BufferedImage(64, 48, BufferedImage.TYPE_3BYTE_BGR);
    CodecPath.encode(file, Collections.nCopies(frames, image), 12);
    return file;
  }
}
