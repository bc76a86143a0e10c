package dev.flamingostreams.training;

import dev.flamingostreams.engine.ClipInput;
import dev.flamingostreams.engine.Describer;
import dev.flamingostreams.engine.Description;
import dev.flamingostreams.training.scenes.Scene;
import dev.flamingostreams.training.scenes.SceneRenderer;
import dev.flamingostreams.training.scenes.SceneSampler;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.IntConsumer;

/** Renders fresh scenes as video, has them described, and compares with the truth. */
public final class ModelEvaluation {
  private static final int MOST_IN_FLIGHT = 64;

  private final Describer describer;
  private final VideoPath path;
  private final EvaluationPlan plan;
  private final Queue<Asked> asked = new ArrayDeque<>();
  private final List<Outcome> outcomes = new ArrayList<>();

  private record Asked(Scene scene, int frames, CompletableFuture<Description> answer) {}

  public ModelEvaluation(Describer describer, VideoPath path, EvaluationPlan plan) {
    this.describer = describer;
    this.path = path;
    this.plan = plan;
  }

  /**
   * Evaluates once.
   *
   * @param progress is told the number of scenes rendered so far
   * @throws IOException if a video cannot be made or read back
   */
  public EvaluationReport run(IntConsumer progress) throws IOException {
    SceneSampler sampler = new SceneSampler(plan.seed());
    for (int i = 0; i < plan.scenes(); i++) {
      Scene scene = sampler.one();
      List<VideoPath.Shot> shots = film(scene, plan.heights().get(i % plan.heights().size()));
      for (int frames : plan.frameCounts()) {
        asked.add(new Asked(scene, frames, describer.describe(pick(shots, frames))));
      }
      settle(MOST_IN_FLIGHT);
      progress.accept(i + 1);
    }
    settle(0);
    return new EvaluationReport(describer.model(), plan, List.copyOf(outcomes));
  }

  private List<VideoPath.Shot> film(Scene scene, int height) throws IOException {
    // H.264 keeps colour at half the resolution and wants even sides.
    int width = 2 * (int) Math.round(scene.aspect() * height / 2);
    SceneRenderer renderer = new SceneRenderer(scene, width, height);
    List<BufferedImage> frames = new ArrayList<>();
    for (int i = 0; i < plan.videoFrames(); i++) {
      frames.add(renderer.image(i / (plan.videoFrames() - 1.0)));
    }
    List<VideoPath.Shot> shots = path.film(frames, plan.framesPerSecond());
    if (shots.size() != frames.size()) {
      throw new IOException(
          "a video of %d frames came back with %d".formatted(frames.size(), shots.size()));
    }
    return shots;
  }

  /** The frames nearest to an even grid that begins with the video, as a clip window's does. */
  private static ClipInput pick(List<VideoPath.Shot> shots, int frames) {
    List<byte[]> images = new ArrayList<>();
    long[] times = new long[frames];
    for (int i = 0; i < frames; i++) {
      VideoPath.Shot shot = shots.get((int) ((long) i * shots.size() / frames));
      images.add(shot.image());
      times[i] = shot.captureMicros();
    }
    return new ClipInput(images, times);
  }

  private void settle(int mostInFlight) {
    while (asked.size() > mostInFlight) {
      Asked oldest = asked.remove();
      try {
        outcomes.add(new Outcome(oldest.scene, oldest.frames, oldest.answer.join()));
      } catch (CompletionException e) {
        outcomes.add(new Outcome(oldest.scene, oldest.frames, null)); // counted as failed
      }
    }
  }
}
