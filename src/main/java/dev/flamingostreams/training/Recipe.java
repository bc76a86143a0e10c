package dev.flamingostreams.training;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.flamingostreams.flamingo.FlamingoConfig;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What decides what a run learns, and from which stage on. A checkpoint belongs to every recipe
 * that would have led to it: what only later stages heed may have changed.
 */
final class Recipe {
  static final String VISION = "vision";
  static final String LANGUAGE = "language";
  static final String CAPTIONS = "captions";

  static final List<String> VISION_ROUNDS = List.of(VISION, "vision-again");

  static final List<String> CAPTION_ROUNDS =
      List.of(
          CAPTIONS,
          "captions-again",
          "captions-with-gaps",
          "captions-once-more",
          "captions-with-more-gaps",
          "captions-with-more-gaps-again",
          "captions-evenly",
          "captions-at-last");

  /** The model is the mean of what these end with. */
  static final List<String> AVERAGED = CAPTION_ROUNDS.subList(4, CAPTION_ROUNDS.size());

  static final List<String> STAGES =
      Stream.of(VISION_ROUNDS, List.of(LANGUAGE), CAPTION_ROUNDS).flatMap(List::stream).toList();

  private static final JsonMapper JSON = new JsonMapper();
  private static final int SHOWN = 70;

  /** Things by what they are called in messages and checkpoints. */
  private final Map<String, Map<String, String>> heeded = new LinkedHashMap<>();

  private final TrainingPlan plan;

  Recipe(TrainingPlan plan, FlamingoConfig config, Vocabulary vocabulary) {
    this.plan = plan;
    STAGES.forEach(stage -> add(stage, "plan of stage " + stage, plan(stage)));
    add(VISION, "seed", plan.seed());
    add(VISION, "shape of vision", config.vision());
    add(LANGUAGE, "shape of language", config.language());
    add(LANGUAGE, "vocabulary", vocabulary.toJson());
    add(CAPTIONS, "shape of resampler", config.resampler());
    add(CAPTIONS, "shape of cross-attention", config.crossAttention());
    STAGES.forEach(stage -> plan.visionRound(stage).ifPresent(round -> add(stage, round)));
    STAGES.forEach(stage -> plan.captionRound(stage).ifPresent(round -> add(stage, round)));
  }

  private void add(String stage, TrainingPlan.VisionRound round) {
    add(stage, "unknown scenes of stage " + stage, round.unknown());
  }

  private void add(String stage, TrainingPlan.CaptionRound round) {
    add(stage, "replays of stage " + stage, round.replays());
    add(stage, "clips with gaps of stage " + stage, round.gaps());
    add(stage, "turns of stage " + stage, round.turns());
  }

  private void add(String stage, String thing, Object value) {
    heeded
        .computeIfAbsent(stage, s -> new LinkedHashMap<>())
        .put(thing, JSON.valueToTree(value).toString());
  }

  /** This stage and those after it. */
  static List<String> from(String stage) {
    return STAGES.subList(STAGES.indexOf(stage), STAGES.size());
  }

  TrainingPlan.Stage plan(String stage) {
    return plan.stage(stage);
  }

  boolean isEndOfAveraged(Standing standing) {
    return AVERAGED.contains(standing.stage()) && standing.step() == plan(standing.stage()).steps();
  }

  /** All of it, by what it is called. */
  Map<String, String> things() {
    Map<String, String> all = new LinkedHashMap<>();
    heeded.values().forEach(all::putAll);
    return all;
  }

  /** What the other recipe had otherwise, of that which stages up to this one heed. */
  Optional<String> difference(Map<String, String> other, String upTo) {
    for (String stage : STAGES.subList(0, STAGES.indexOf(upTo) + 1)) {
      for (Map.Entry<String, String> own : heeded.getOrDefault(stage, Map.of()).entrySet()) {
        String there = other.getOrDefault(own.getKey(), "nothing");
        if (!there.equals(own.getValue())) {
          return Optional.of(
              "%s is %s there and %s here"
                  .formatted(own.getKey(), shown(there), shown(own.getValue())));
        }
      }
    }
    return Optional.empty();
  }

  private static String shown(String value) {
    return value.length() <= SHOWN ? value : value.substring(0, SHOWN - 3) + "...";
  }
}
