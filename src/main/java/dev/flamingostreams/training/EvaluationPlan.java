package dev.flamingostreams.training;

import java.util.List;

/**
 * What a model is evaluated on.
 *
 * @param seed of the scenes; another than the training's makes them fresh
 * @param scenes how many
 * @param frameCounts each scene is described once with each of these numbers of frames, 1 to 30
 * @param heights of the videos in pixels, taken in turn
 * @param videoFrames of each video
 */
public record EvaluationPlan(
    long seed,
    int scenes,
    List<Integer> frameCounts,
    List<Integer> heights,
    int videoFrames,
    double framesPerSecond) {
  public EvaluationPlan {
    frameCounts = List.copyOf(frameCounts);
    heights = List.copyOf(heights);
    if (scenes < 1 || frameCounts.isEmpty() || heights.isEmpty() || framesPerSecond <= 0) {
      throw new IllegalArgumentException(
          "an evaluation wants scenes, frame counts, heights and frames a second, not " + scenes);
    }
    for (int frames : frameCounts) {
      if (frames < 1 || frames > videoFrames) {
        throw new IllegalArgumentException(
            "cannot pick %d frames of a video of %d; ask for fewer".formatted(frames, videoFrames));
      }
    }
  }

  /** Videos of three seconds in three sizes. */
  public static EvaluationPlan of(long seed, int scenes, List<Integer> frameCounts) {
    return new EvaluationPlan(seed, scenes, frameCounts, List.of(180, 240, 360), 36, 12);
  }
}
