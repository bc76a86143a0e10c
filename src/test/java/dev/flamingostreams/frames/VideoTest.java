package dev.flamingostreams.frames;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import dev.flamingostreams.schema.Frame;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import javax.imageio.ImageIO;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.javacv.FFmpegFrameRecorder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VideoTest {
  private static final String GIF = "47494638396101000100800000000000ffffff";
  private static final String PIXEL = "2c0000000001000100000202440100";

  @TempDir Path folder;

  @Test
  void framesAreTheNearestOnesToTheGridAtTheirOwnTimes() throws IOException {
    Path file = TestVideos.write(folder.resolve("a.mp4"), 60, 30);
    try (Video video = Video.open(file.toString());
        FrameReader reader = video.sample(Sampling.DEFAULT.withRate(5))) {
      assertThat(video.durationMicros()).isEqualTo(OptionalLong.of(2_000_000));
      assertThat(video.framesPerSecond()).isCloseTo(30, within(0.01));
      assertThat(video.live()).isFalse();
      assertThat(times(reader))
          .containsExactly(
              0L,
              200_000L,
              400_000L,
              600_000L,
              800_000L,
              1_000_000L,
              1_200_000L,
              1_400_000L,
              1_600_000L,
              1_800_000L);
      assertThat(video.decoded()).isEqualTo(60);
      assertThat(video.damage()).isEmpty();
    }
  }

  @Test
  void aSlowVideoGivesAllItsPictures() throws IOException {
    Path file = TestVideos.write(folder.resolve("slow.mp4"), 7, 4);
    try (Video video = Video.open(file.toUri().toString().replace("file:/", "file:///"));
        FrameReader reader = video.sample(Sampling.DEFAULT)) {
      assertThat(times(reader))
          .containsExactly(0L, 250_000L, 500_000L, 750_000L, 1_000_000L, 1_250_000L, 1_500_000L);
    }
  }

  @Test
  void aClipSpreadOverTheWholeFileHasAsManyFramesAsAskedFor() throws IOException {
    Path file = TestVideos.write(folder.resolve("b.mp4"), 77, 25);
    for (int frames : new int[] {1, 8, 13, 30}) {
      try (Video video = Video.open(file.toString());
          FrameReader reader =
              video.sample(Sampling.DEFAULT.spread(frames, video.durationMicros().orElseThrow()))) {
        assertThat(times(reader)).hasSize(frames);
      }
    }
  }

  @Test
  void framesAfterATimeAreTheSameAsWithoutIt() throws IOException {
    Path file = TestVideos.write(folder.resolve("c.mp4"), 40, 20);
    try (Video video = Video.open(file.toString());
        FrameReader reader = video.sample(Sampling.DEFAULT.withRate(4)).after(1_000_000)) {
      assertThat(times(reader)).containsExactly(1_250_000L, 1_500_000L, 1_750_000L);
    }
  }

  @Test
  void largePicturesAreScaledAndColoursKept() throws IOException {
    Path file = TestVideos.write(folder.resolve("d.mp4"), 10, 10);
    try (Video video = Video.open(file.toString());
        FrameReader reader = video.sample(new Sampling(10, 160, 0.9))) {
      Frame first = Objects.requireNonNull(reader.next());
      BufferedImage image = ImageIO.read(new ByteArrayInputStream(first.image()));
      assertThat(image.getWidth()).isEqualTo(160);
      assertThat(image.getHeight()).isEqualTo(90);
      Color red = new Color(image.getRGB(35, 35));
      assertThat(red.getRed()).isGreaterThan(220);
      assertThat(red.getGreen() + red.getBlue()).isLessThan(60);
      assertThat(new Color(image.getRGB(120, 60)).getGreen()).isLessThan(25);
    }
  }

  @Test
  void aVideoThatWasHeldUprightIsTurned() throws IOException {
    byte[] bytes = Files.readAllBytes(TestVideos.write(folder.resolve("flat.mp4"), 5, 10));
    int header = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("tkhd");
    ByteBuffer matrix = ByteBuffer.wrap(bytes, header + 44, 36);
    for (int value : new int[] {0, 1 << 16, 0, -1 << 16, 0, 0, 0, 0, 1 << 30}) {
      matrix.putInt(value); // a quarter of a circle clockwise
    }
    Path upright = file("upright.mp4", bytes);
    try (Video video = Video.open(upright.toString());
        FrameReader reader = video.sample(Sampling.DEFAULT)) {
      Frame first = Objects.requireNonNull(reader.next());
      BufferedImage image = ImageIO.read(new ByteArrayInputStream(first.image()));
      assertThat(image.getWidth()).isEqualTo(180);
      assertThat(image.getHeight()).isEqualTo(320);
      assertThat(new Color(image.getRGB(110, 70)).getRed()).as("was at 70, 70").isGreaterThan(200);
      assertThat(new Color(image.getRGB(70, 250)).getRed()).isLessThan(60);
    }
  }

  @Test
  void thePicturesOfAFileMayEndBeforeItsSoundAndLastLongerThanUsual() throws IOException {
    Path sound = folder.resolve("sound.mkv");
    record(sound, 20, 4 * 44_100);
    assertUndamaged(sound, 20);
    String tenth = "21f904000a000000" + PIXEL;
    String threeSeconds = "21f904002c010000" + PIXEL;
    byte[] gif = HexFormat.of().parseHex(GIF + tenth + tenth + threeSeconds + "3b");
    assertUndamaged(file("slow.gif", gif), 3);
  }

  private static void assertUndamaged(Path file, int frames) throws VideoException {
    try (Video video = Video.open(file.toString());
        FrameReader reader = video.sample(Sampling.DEFAULT.withRate(50))) {
      assertThat(times(reader)).hasSize(frames);
      assertThat(video.damage()).isEmpty();
    }
  }

  @Test
  void smallPicturesAreNotBlownUp() throws IOException {
    Path file = TestVideos.write(folder.resolve("e.mp4"), 3, 10);
    try (Video video = Video.open(file.toString());
        FrameReader reader = video.sample(new Sampling(10, 1_000, 0.9))) {
      Frame first = Objects.requireNonNull(reader.next());
      assertThat(ImageIO.read(new ByteArrayInputStream(first.image())).getWidth()).isEqualTo(320);
    }
  }

  @Test
  void whatIsNoVideoIsRefusedInOneLineWithItsName() throws IOException {
    refused(folder.resolve("gone.mp4"), "gone.mp4 does not exist; check the name");
    refused(folder, "is not a file");
    refused(file("empty.mp4", new byte[0]), "empty.mp4 is empty");
    refused(file("notes.txt", "no video at all\n".repeat(500).getBytes(UTF_8)), "is no video");
    refused(file("list.m3u8", "#EXTM3U\n#EXTINF:9,\n/etc/hosts\n".getBytes(UTF_8)), "is no video");
    refused(file("noise.mp4", noise()), "is no video");
  }

  @Test
  void aFileCutOffBeforeItsIndexIsRefused() throws IOException {
    byte[] whole = Files.readAllBytes(TestVideos.write(folder.resolve("f.mp4"), 30, 10));
    refused(file("cut.mp4", Arrays.copyOf(whole, whole.length / 2)), "cut off or damaged");
  }

  @Test
  void aFileCutOffLaterGivesItsBeginningAndSaysSo() throws IOException {
    Path whole = folder.resolve("whole.mkv");
    record(whole, 50, 0);
    byte[] bytes = Files.readAllBytes(whole);
    Path cut = file("cut.mkv", Arrays.copyOf(bytes, bytes.length / 2));
    try (Video video = Video.open(cut.toString());
        FrameReader reader = video.sample(Sampling.DEFAULT)) {
      assertThat(times(reader)).hasSizeBetween(10, 40).startsWith(0L, 100_000L, 200_000L);
      assertThat(video.damage().orElse(""))
          .contains("cut.mkv ends after", "of the 5.0 s that it declares", "cut off or damaged");
    }
  }

  @Test
  void soundWithoutPictureIsRefused() throws IOException {
    Path sound = folder.resolve("sound.wav");
    record(sound, 0, 44_100);
    refused(sound, "sound.wav holds sound but no picture");
  }

  @Test
  void aVideoWithoutFramesIsRefused() throws IOException {
    byte[] whole = Files.readAllBytes(TestVideos.write(folder.resolve("g.mp4"), 30, 10));
    int data = new String(whole, java.nio.charset.StandardCharsets.ISO_8859_1).indexOf("mdat");
    int index = new String(whole, java.nio.charset.StandardCharsets.ISO_8859_1).indexOf("moov");
    Arrays.fill(whole, data + 4, index - 4, (byte) 0);
    Path blank = file("blank.mp4", whole);
    assertThatExceptionOfType(VideoException.class)
        .isThrownBy(() -> readAll(blank))
        .withMessageContaining("blank.mp4 has no frame that can be decoded");
  }

  @Test
  void protocolsThatAreNoCameraAreRefusedWithoutThePassword() {
    assertThatExceptionOfType(VideoException.class)
        .isThrownBy(() -> Video.open("gopher://user:secret@host/x"))
        .withMessageContaining("gopher://host/x: protocol 'gopher' is not one of")
        .withMessageNotContaining("secret");
    assertThatExceptionOfType(VideoException.class)
        .isThrownBy(() -> Video.open("rtsp://user:secret@127.0.0.1:1/x"))
        .withMessageContaining("rtsp://127.0.0.1:1/x cannot be opened: Connection refused")
        .withMessageNotContaining("secret");
    assertThatExceptionOfType(VideoException.class)
        .isThrownBy(() -> Video.open("rtmp://127.0.0.1:1/live/secret"))
        .withMessageContaining("rtmp://127.0.0.1:1/… cannot be opened: Connection refused");
  }

  private static void readAll(Path file) throws VideoException {
    try (Video video = Video.open(file.toString());
        FrameReader reader = video.sample(Sampling.DEFAULT)) {
      times(reader);
    }
  }

  private static List<Long> times(FrameReader reader) throws VideoException {
    List<Long> times = new ArrayList<>();
    for (Frame frame = reader.next(); frame != null; frame = reader.next()) {
      times.add(frame.captureMicros());
    }
    return times;
  }

  private static void refused(Path file, String reason) {
    assertThatExceptionOfType(VideoException.class)
        .isThrownBy(() -> readAll(file))
        .withMessageContaining(reason)
        .withMessageContaining(file.toString())
        .withMessageMatching("[^\\n]+");
  }

  private Path file(String name, byte[] content) throws IOException {
    return Files.write(folder.resolve(name), content);
  }

  private static byte[] noise() {
    byte[] bytes = new byte[20_000];
    new java.util.Random(3).nextBytes(bytes);
    return bytes;
  }

  /** Pictures, and silence as sound. */
  private static void record(Path file, int pictures, int samples) throws IOException {
    FfmpegLog.apply();
    int channels = samples > 0 ? 1 : 0;
    try (FFmpegFrameRecorder recorder =
        pictures > 0
            ? new FFmpegFrameRecorder(file.toFile(), 320, 180, channels)
            : new FFmpegFrameRecorder(file.toFile(), channels)) {
      recorder.setFrameRate(10);
      recorder.setVideoCodec(avcodec.AV_CODEC_ID_MJPEG);
      recorder.setPixelFormat(org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUVJ420P);
      recorder.setAudioCodec(avcodec.AV_CODEC_ID_PCM_S16LE);
      recorder.start();
      org.bytedeco.javacv.Java2DFrameConverter converter =
          new org.bytedeco.javacv.Java2DFrameConverter();
      for (int i = 0; i < pictures; i++) {
        BufferedImage image = new BufferedImage(320, 180, BufferedImage.TYPE_3BYTE_BGR);
        image.getGraphics().drawString("picture " + i, 10, 90);
        recorder.record(converter.convert(image));
      }
      if (samples > 0) {
        recorder.recordSamples(44_100, 1, java.nio.ShortBuffer.allocate(samples));
      }
      recorder.stop();
    }
  }
}
