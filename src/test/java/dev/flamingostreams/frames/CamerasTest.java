package dev.flamingostreams.frames;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CamerasTest {
  @TempDir Path folder;

  @Test
  void aCameraHasTheDefaultsUnlessItSaysOtherwise() throws IOException {
    Path file =
        write(
            """
            defaults:
              rate: 6
              realtime: true
            cameras:
              - id: gate
                source: rtsp://10.0.0.7/stream1
              - {id: "7", source: street.mp4, rate: 2.5, size: 160, quality: 0.5,
                 realtime: false, start: "2026-11-23T08:00:00.25Z"}
            """);
    assertThat(Cameras.read(file))
        .containsExactly(
            new Camera("gate", "rtsp://10.0.0.7/stream1", new Sampling(6, 320, 0.85), 0, true),
            new Camera(
                "7", "street.mp4", new Sampling(2.5, 160, 0.5), 1_795_420_800_250_000L, false));
  }

  @Test
  void aFileCanPlayAsIfItWereACamera() throws IOException {
    String yaml =
        "defaults: {live: true}\ncameras: [{id: a, source: b}, {id: c, source: d, live: false}]";
    assertThat(Cameras.read(write(yaml))).extracting(Camera::live).containsExactly(true, false);
  }

  @Test
  void withoutDefaultsTheyAreTheProgramsOwn() throws IOException {
    assertThat(Cameras.read(write("cameras: [{id: a, source: b}]")))
        .containsExactly(Camera.of("a", "b"));
  }

  @Test
  void whatIsWrongIsNamedWithFileLineKeyAndFix() throws IOException {
    wrong("cameras:\n - id: a\n   source: b\n   fps: 3", ":4: unknown key 'fps'; use id, source");
    wrong(
        "cameras:\n  - {id: a, source: b, live: true,\n     start: 2026-11-23T08:00:00Z}",
        ":3: start is for a file that plays once; with live it goes by the wall clock");
    wrong("defaults:\n  id: a", ":2: unknown key 'id'; use rate, size, quality, realtime, live");
    wrong("camera: []", ":1: unknown key 'camera'; use defaults and cameras");
    wrong("cameras:\n - id: a", ":2: source is missing");
    wrong("cameras:\n - id: a\n   source: b\n   rate: fast", ":4: rate 'fast' is not frames");
    wrong("defaults:\n  size: 3.5\ncameras: [{id: a, source: b}]", ":2: size '3.5' is not whole");
    wrong("cameras: [{id: a, source: b, rate: 0}]", "camera 'a': rate 0.0 must be above 0");
    wrong("cameras: [{id: a, source: b, start: noon}]", "start 'noon' is not as 2026");
    wrong("cameras: [{id: a, source: b, realtime: yes}]", "realtime 'yes' is not true or false");
    wrong("cameras:\n- {id: a, source: b}\n- {id: a, source: c}", ":3: id 'a' is given twice");
    wrong("cameras: [{id: a, source: [b]}]", "source must be one value");
    wrong("cameras: [{id: a, source: }]", "source is missing");
    wrong("cameras: []", "no camera; list at least one");
    wrong("", "cannot be understood; begin with 'cameras:'");
    wrong("- a", "cannot be understood; begin with 'cameras:'");
    wrong("cameras: [{id: a", "no YAML");
  }

  @Test
  void aFileThatIsMissingIsNamed() {
    Path file = folder.resolve("gone.yaml");
    assertThatThrownBy(() -> Cameras.read(file))
        .isInstanceOf(IOException.class)
        .hasMessage("file of cameras " + file + " does not exist; check the name");
  }

  private void wrong(String yaml, String reason) throws IOException {
    Path file = write(yaml);
    assertThatThrownBy(() -> Cameras.read(file))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith(file.toString())
        .hasMessageContaining(reason)
        .hasMessageMatching("[^\\n]+");
  }

  private Path write(String yaml) throws IOException {
    return Files.writeString(folder.resolve("cameras.yaml"), yaml);
  }
}
