package dev.flamingostreams.cli;

import dev.flamingostreams.frames.FrameReader;
import dev.flamingostreams.frames.Sampling;
import dev.flamingostreams.frames.Video;
import dev.flamingostreams.schema.Frame;
import dev.flamingostreams.training.evaluation.Recording;
import dev.flamingostreams.training.evaluation.Shot;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A video file in windows of two seconds, sampled four times a second. */
final class FootageFile implements Recording {
  private static final int FRAMES = 8;
  private static final Sampling SAMPLING = Sampling.DEFAULT.withRate(4);

  /** What eight samples span that are a quarter of a second apart, and a little. */
  private static final long LONGEST_MICROS = 2_000_000;

  private final Path file;
  private final String name;

  /** Named like its file. */
  FootageFile(Path file) {
    this(file, String.valueOf(file.getFileName()));
  }

  private FootageFile(Path file, String name) {
    this.file = file;
    this.name = name;
  }

  /** Files of one name in several directories are named with these. */
  static List<Recording> of(List<Path> files) {
    return files.stream()
        .map(
            file -> {
              Path last = file.getFileName();
              boolean alone =
                  files.stream().filter(other -> last.equals(other.getFileName())).count() == 1;
              return (Recording) new FootageFile(file, (alone ? last : file).toString());
            })
        .toList();
  }

  /** Whether it is a video with a window; an {@link IOException} says what it is. */
  static void check(Path file) throws IOException {
    if (new FootageFile(file).play(window -> {}, 1) == 0) {
      throw new IOException(
          "video %s is too short or too slow: nowhere do %d frames of it lie within 2 s"
              .formatted(file, FRAMES));
    }
  }

  @Override
  public String name() {
    return name;
  }

  /** What is left at the end is no window, nor are frames between which others are missing. */
  @Override
  public void play(Audience audience) throws IOException {
    play(audience, Integer.MAX_VALUE);
  }

  private int play(Audience audience, int most) throws IOException {
    int windows = 0;
    List<Shot> window = new ArrayList<>();
    try (Video video = Video.open(file.toString());
        FrameReader reader = video.sample(SAMPLING)) {
      for (Frame frame = reader.next(); frame != null && windows < most; frame = reader.next()) {
        window.add(new Shot(frame.image(), frame.captureMicros()));
        while (frame.captureMicros() - window.get(0).captureMicros() >= LONGEST_MICROS) {
          window.remove(0);
        }
        if (window.size() == FRAMES) {
          audience.window(window);
          window.clear();
          windows++;
        }
      }
    }
    return windows;
  }
}
