package dev.flamingostreams.cli;

import dev.flamingostreams.frames.FrameReader;
import dev.flamingostreams.frames.Sampling;
import dev.flamingostreams.frames.Video;
import dev.flamingostreams.frames.VideoWriter;
import dev.flamingostreams.schema.Frame;
import dev.flamingostreams.training.evaluation.Shot;
import dev.flamingostreams.training.evaluation.VideoPath;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** H.264 in a file of its own, there and back, as ingest reads it. */
final class CodecPath implements VideoPath, AutoCloseable {
  private static final double EVERY_FRAME = 1_000;
  private static final double BITS_PER_PIXEL = 0.12;

  private final Path file;

  CodecPath() throws IOException {
    file = Files.createTempFile("flamingo-scene", ".mp4");
  }

  @Override
  public List<Shot> film(List<BufferedImage> frames, double framesPerSecond) throws IOException {
    encode(file, frames, framesPerSecond);
    List<Shot> shots = new ArrayList<>();
    try (Video video = Video.open(file.toString());
        FrameReader reader = video.sample(Sampling.DEFAULT.withRate(EVERY_FRAME))) {
      for (Frame frame = reader.next(); frame != null; frame = reader.next()) {
        shots.add(new Shot(frame.image(), frame.captureMicros()));
      }
    }
    return shots;
  }

  /** Encodes at the bit rate of an ordinary camera of that size. */
  static void encode(Path file, List<BufferedImage> frames, double framesPerSecond)
      throws IOException {
    BufferedImage first = frames.get(0);
    encode(file, first.getWidth(), first.getHeight(), framesPerSecond, frames);
  }

  /** The same of images that are drawn one after the other: a long film fits no memory. */
  static void encode(
      Path file, int width, int height, double framesPerSecond, Iterable<BufferedImage> frames)
      throws IOException {
    int bits = (int) Math.max(100_000, BITS_PER_PIXEL * width * height * framesPerSecond);
    try (VideoWriter writer = new VideoWriter(file, width, height, framesPerSecond, bits)) {
      for (BufferedImage frame : frames) {
        writer.write(frame);
      }
    }
  }

  /** Also from another thread, when an interrupt ends the process before this is closed. */
  void delete() {
    boolean unused = file.toFile().delete();
  }

  @Override
  public void close() throws IOException {
    Files.deleteIfExists(file);
  }
}
