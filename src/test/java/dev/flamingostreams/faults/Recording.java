package dev.flamingostreams.faults;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.flamingostreams.schema.Frame;
import dev.flamingostreams.schema.FrameBatch;
import dev.flamingostreams.schema.FrameBatches;
import dev.flamingostreams.training.scenes.SceneRenderer;
import dev.flamingostreams.training.scenes.SceneSampler;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.function.IntSupplier;
import javax.imageio.ImageIO;

/** Frames of a stream that the default model knows, as they were taken. */
record Recording(String stream, List<Frame> frames) {
  private static final int WIDTH = 160;
  private static final int HEIGHT = 96;

  /** One scene after the other, four seconds each, with jitter. */
  static Recording of(String stream, int scenes, int framesPerScene) {
    SceneSampler sampler = new SceneSampler(stream.hashCode());
    Random random = new Random(stream.hashCode());
    List<Frame> frames = new ArrayList<>();
    for (int scene = 0; scene < scenes; scene++) {
      SceneRenderer renderer = new SceneRenderer(sampler.one(), WIDTH, HEIGHT);
      for (int i = 0; i < framesPerScene; i++) {
        double at = (i + 0.8 * random.nextDouble()) / framesPerScene;
        frames.add(new Frame((long) ((scene + at) * 4e6), jpeg(renderer, at)));
      }
    }
    return new Recording(stream, frames);
  }

  /** Records with so many frames each, then the end. */
  List<byte[]> inOrder(int size) {
    return records(frames, () -> size);
  }

  /** Frames held up by less than the grace each, in batches of any size; then the end. */
  List<byte[]> shuffled(long graceMicros, Random random) {
    record Arrival(double at, Frame frame) {}
    List<Frame> order =
        frames.stream()
            .map(frame -> new Arrival(arrival(frame, graceMicros, random), frame))
            .sorted(Comparator.comparingDouble(Arrival::at))
            .map(Arrival::frame)
            .toList();
    return records(order, () -> 1 + random.nextInt(9));
  }

  byte[] key() {
    return stream.getBytes(UTF_8);
  }

  private static double arrival(Frame frame, long graceMicros, Random random) {
    return frame.captureMicros() + random.nextDouble() * graceMicros;
  }

  private static List<byte[]> records(List<Frame> frames, IntSupplier size) {
    List<byte[]> records = new ArrayList<>();
    int from = 0;
    while (from < frames.size()) {
      int to = Math.min(frames.size(), from + size.getAsInt());
      records.add(FrameBatches.write(FrameBatch.of(frames.subList(from, to))));
      from = to;
    }
    records.add(FrameBatches.write(FrameBatch.end()));
    return records;
  }

  private static byte[] jpeg(SceneRenderer renderer, double at) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      ImageIO.write(renderer.image(at), "jpg", bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
