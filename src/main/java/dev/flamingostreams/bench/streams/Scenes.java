package dev.flamingostreams.bench.streams;

import dev.flamingostreams.frames.JpegEncoder;
import dev.flamingostreams.training.scenes.SceneRenderer;
import dev.flamingostreams.training.scenes.SceneSampler;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** What cameras see: scenes that the default model knows, as JPEGs. */
final class Scenes {
  private static final long SEED = 20261126;
  private static final double QUALITY = 0.85;

  private final SceneSampler sampler = new SceneSampler(SEED);
  private final int width;
  private final int height;

  Scenes(int width, int height) {
    this.width = width;
    this.height = height;
  }

  /** The frames of the next scene, evenly spaced. */
  List<Picture> next(int frames) {
    SceneRenderer renderer = new SceneRenderer(sampler.one(), width, height);
    List<Picture> pictures = new ArrayList<>();
    for (int i = 0; i < frames; i++) {
      pictures.add(jpeg(renderer.image(i / Math.max(1.0, frames - 1))));
    }
    return pictures;
  }

  /** A single grey point: as few bytes as a JPEG has. */
  static Picture point() {
    return jpeg(new BufferedImage(8, 8, BufferedImage.TYPE_BYTE_GRAY));
  }

  private static Picture jpeg(BufferedImage image) {
    try (JpegEncoder encoder = new JpegEncoder(QUALITY)) {
      return new Picture(encoder.encode(image));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot encode a rendered frame", e);
    }
  }
}
