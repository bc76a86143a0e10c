package dev.flamingostreams.plugin;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flamingostreams.checkpoints.StoredType;
import dev.flamingostreams.engine.ClipInput;
import dev.flamingostreams.engine.Describer;
import dev.flamingostreams.engine.Description;
import dev.flamingostreams.engine.EngineOptions;
import dev.flamingostreams.engine.RandomModel;
import dev.flamingostreams.frames.VideoWriter;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExampleMediaTest {
  @TempDir Path directory;

  @Test
  void aClipGivesTheFramesOfAFullWindowSpreadOverIt() throws IOException {
    film(24);
    TopologyFile file = read("- {clip: a.mp4, text: w5}");

    List<ClipInput> media = ExampleMedia.of(file);

    assertThat(media).hasSize(1);
    assertThat(media.get(0).images()).hasSize(file.clips().samples());
    assertThat(media.get(0).captureMicros()[15]).isGreaterThan(1_500_000);
  }

  @Test
  void aShortClipGivesWhatItHas() throws IOException {
    film(3);

    assertThat(ExampleMedia.of(read("- {clip: a.mp4, text: w5}")).get(0).images()).hasSize(3);
  }

  @Test
  void clipsImagesAndTextsComeBeforeTheLiveClip() throws Exception {
    film(24);
    ImageIO.write(picture(0), "png", directory.resolve("b.png").toFile());
    TopologyFile file = read("- {clip: a.mp4, text: w5}\n- {text: w6}\n- {image: b.png, text: w7}");
    RandomModel.write(
        Files.createDirectory(directory.resolve("mine")), RandomModel.TINY, StoredType.F32);

    try (Models models = new Models(directory.resolve("none"), EngineOptions.defaults())) {
      Describer describer = models.describer(file);
      Description said = describer.describe(ExampleMedia.of(file).get(0)).get();
      assertThat(said.meanLogProbability()).isNegative();
    }
  }

  @Test
  void whatCannotBeSeenIsNamedWithItsLine() throws IOException {
    Files.write(directory.resolve("a.mp4"), "garbage".getBytes(UTF_8));
    Files.write(directory.resolve("b.png"), "garbage".getBytes(UTF_8));
    RandomModel.write(
        Files.createDirectory(directory.resolve("mine")), RandomModel.TINY, StoredType.F32);

    try (Models models = new Models(directory.resolve("none"), EngineOptions.defaults())) {
      assertThatThrownBy(() -> models.describer(read("- {clip: a.mp4, text: w5}")))
          .isInstanceOf(TopologyException.class)
          .hasMessageStartingWith(
              directory.resolve("topology.yaml") + ":4: examples[0].clip: video")
          .hasMessageContaining("is no video that can be read");
      assertThatThrownBy(() -> models.describer(read("- {text: w5}\n- {image: b.png, text: w5}")))
          .isInstanceOf(TopologyException.class)
          .hasMessageStartingWith(directory.resolve("topology.yaml") + ":5: examples[1].image: ")
          .hasMessageContaining(
              directory.resolve("b.png")
                  + ": frame 0 of the clip: image of 7 bytes is neither JPEG nor PNG");
    }
  }

  @Test
  void aPromptThatTheModelHasNoRoomForIsNamedWithItsFile() throws IOException {
    RandomModel.write(
        Files.createDirectory(directory.resolve("mine")), RandomModel.ROTARY, StoredType.F32);

    try (Models models = new Models(directory.resolve("none"), EngineOptions.defaults())) {
      assertThatThrownBy(() -> models.describer(read("- text: '" + "w4 ".repeat(200) + "'")))
          .isInstanceOf(TopologyException.class)
          .hasMessage(
              directory.resolve("topology.yaml")
                  + ": the prompt has 202 tokens and 6 may follow, model random has room for 128;"
                  + " shorten the prompt, leave out examples or let less follow");
    }
  }

  private TopologyFile read(String examples) throws IOException {
    Path file = directory.resolve("topology.yaml");
    Files.writeString(file, "name: yard\nmodel: mine\nexamples:\n" + examples);
    return TopologyFile.read(file);
  }

  private void film(int frames) throws IOException {
    try (VideoWriter writer = new VideoWriter(directory.resolve("a.mp4"), 64, 48, 12, 200_000)) {
      for (int i = 0; i < frames; i++) {
        writer.write(picture(i));
      }
    }
  }

  private static BufferedImage picture(int shade) {
    BufferedImage image = new BufferedImage(64, 48, BufferedImage.TYPE_3BYTE_BGR);
    for (int x = 0; x < 64; x++) {
      image.setRGB(x, shade, 0xff_ff_ff);
    }
    return image;
  }
}
