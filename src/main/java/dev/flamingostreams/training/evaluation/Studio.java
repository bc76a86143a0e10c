package dev.flamingostreams.training.evaluation;

import dev.flamingostreams.training.scenes.Scene;
import dev.flamingostreams.training.scenes.SceneRenderer;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;

/** Renders scenes and sends them through the codec. */
final class Studio implements SceneFilm {
  private final VideoPath path;
  private final int videoFrames;
  private final double framesPerSecond;

  Studio(VideoPath path, EvaluationPlan plan) {
    this.path = path;
    this.videoFrames = plan.videoFrames();
    this.framesPerSecond = plan.framesPerSecond();
  }

  @Override
  public List<Shot> film(Scene scene, int height) throws IOException {
    return film(scene, height, 0, 1);
  }

  /** A part of a scene; all of it is from 0 until 1. */
  List<Shot> film(Scene scene, int height, double from, double until) throws IOException {
    SceneRenderer renderer = new SceneRenderer(scene, width(scene.aspect(), height), height);
    return film(
        IntStream.range(0, videoFrames)
            .mapToObj(
                i -> renderer.image(from + (until - from) * i / Math.max(1.0, videoFrames - 1.0)))
            .toList());
  }

  /** The frames of a video as the codec gives them back. */
  List<Shot> film(List<BufferedImage> frames) throws IOException {
    List<Shot> shots = path.film(frames, framesPerSecond);
    if (shots.size() != frames.size()) {
      throw new IOException(
          "a video of %d frames came back with %d".formatted(frames.size(), shots.size()));
    }
    return shots;
  }

  /** H.264 keeps colour at half the resolution and wants even sides. */
  static int width(double aspect, int height) {
    return 2 * (int) Math.round(aspect * height / 2);
  }
}
