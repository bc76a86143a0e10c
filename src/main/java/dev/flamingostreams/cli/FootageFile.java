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

  private final Path file;

  FootageFile(Path file) {
    this.file = file;
  }

  /** Whether it is a video with a window; an {@link IOException} says what it is. */
  static void check(Path file) throws IOException {
    try (Video video = Video.open(file.toString());
        FrameReader reader = video.sample(SAMPLING)) {
      for (int i = 0; i < FRAMES; i++) {
        if (reader.next() == null) {
          throw new IOException(
              "video %s is too short: it has %d of the %d frames of a window"
                  .formatted(file, i, FRAMES));
        }
      }
    }
  }

  @Override
  public String name() {
    return String.valueOf(file.getFileName());
  }

  /** What is left at the end is no window. */
  @Override
  public void play(Audience audience) throws IOException {
    List<Shot> window = new ArrayList<>();
    try (Video video = Video.open(file.toString());
        FrameReader reader = video.sample(SAMPLING)) {
      for (Frame frame = reader.next(); frame != null; frame = reader.next()) {
        window.add(new Shot(frame.image(), frame.captureMicros()));
        if (window.size() == FRAMES) {
          audience.window(window);
          window.clear();
        }
      }
    }
  }
}
