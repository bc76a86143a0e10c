package dev.flamingostreams.bench.streams;

import dev.flamingostreams.frames.Sampling;
import java.util.List;

/** The pictures of a scene, over and over, no image twice. */
public final class Pictures {
  private static final int WIDTH = Sampling.DEFAULT_MAX_SIDE;

  private final List<Picture> scene;

  private Pictures(List<Picture> scene) {
    this.scene = scene;
  }

  /** So many pictures, as large as ingest sends them. */
  public static Pictures ofScene(int frames) {
    return new Pictures(new Scenes(WIDTH, WIDTH * 9 / 16).next(frames));
  }

  /** The image of that number, as JPEG. */
  public byte[] get(long number) {
    return scene.get((int) (number % scene.size())).numbered(number);
  }
}
