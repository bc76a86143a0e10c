package dev.flamingostreams.training.evaluation;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a model is evaluated on.
 *
 * @param seed of the scenes; another than the training's makes them fresh
 * @param scenes how many of each group
 * @param frameCounts each scene is described once with each of these numbers of frames, 1 to 30
 * @param heights of the videos in pixels, taken in turn
 * @param videoFrames of each video
 */
public record EvaluationPlan(
    long seed,
    int scenes,
    List<Integer> frameCounts,
    Set<Measure> measures,
    List<Integer> heights,
    int videoFrames,
    double framesPerSecond) {
  /** What is not measured at every number of frames is measured at these, where they are. */
  private static final List<Integer> FEW = List.of(8, 16);

  public EvaluationPlan {
    frameCounts = frameCounts.stream().distinct().toList();
    heights = List.copyOf(heights);
    if (scenes < 1
        || frameCounts.isEmpty()
        || measures.isEmpty()
        || heights.isEmpty()
        || framesPerSecond <= 0) {
      throw new IllegalArgumentException(
          "an evaluation wants measures, frame counts, heights, frames a second and 1 scene or"
              + " more, not "
              + scenes);
    }
    for (int frames : frameCounts) {
      if (frames < 1 || frames > videoFrames) {
        throw new IllegalArgumentException(
            "cannot pick %d frames of a video of %d; ask for fewer".formatted(frames, videoFrames));
      }
    }
    measures = Set.copyOf(measures);
  }

  /** Videos of three seconds in three sizes. */
  public static EvaluationPlan of(
      long seed, int scenes, List<Integer> frameCounts, Set<Measure> measures) {
    return new EvaluationPlan(seed, scenes, frameCounts, measures, List.of(180, 240, 360), 36, 12);
  }

  /** Other scenes, of the kinds that a model knows, to set its threshold by. */
  public EvaluationPlan forCalibration() {
    return new EvaluationPlan(
        ~seed,
        scenes,
        frameCounts,
        Set.of(Measure.CAPTIONS),
        heights,
        videoFrames,
        framesPerSecond);
  }

  /** The numbers of frames of what is not measured at each. */
  List<Integer> fewCounts() {
    List<Integer> few = frameCounts.stream().filter(FEW::contains).toList();
    return few.isEmpty() ? frameCounts.subList(0, 1) : few;
  }

  /** The clips that are needed. */
  Set<Group> groups() {
    EnumSet<Group> groups = EnumSet.noneOf(Group.class);
    measures.forEach(measure -> groups.addAll(measure.groups()));
    return groups;
  }

  /** In the order of their declaration. */
  Stream<Measure> inOrder() {
    return Stream.of(Measure.values()).filter(measures::contains);
  }
}
