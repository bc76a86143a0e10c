package dev.flamingostreams.training;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.flamingostreams.engine.Description;
import dev.flamingostreams.engine.ModelInfo;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** How well a model did. */
public final class EvaluationReport {
  private static final double[] SIZES = {0.18, 0.27, 0.36, 0.45};

  private final ModelInfo model;
  private final EvaluationPlan plan;
  private final List<Outcome> outcomes;

  EvaluationReport(ModelInfo model, EvaluationPlan plan, List<Outcome> outcomes) {
    this.model = model;
    this.plan = plan;
    this.outcomes = outcomes;
  }

  /** Share of captions that are true word for word. */
  public double exact(int frames) {
    return share(of(frames), Outcome::isExact);
  }

  /**
   * The threshold for {@code unsureBelow} in a model's config: as high as marks at most a given
   * share of these scenes, which the model knows.
   */
  public double unsureBelow(double mostMarked) {
    double[] probabilities =
        outcomes.stream()
            .map(Outcome::description)
            .filter(Objects::nonNull)
            .mapToDouble(Description::meanLogProbability)
            .sorted()
            .toArray();
    if (probabilities.length == 0) {
      throw new IllegalStateException("no scene was described, so nothing can be calibrated");
    }
    return probabilities[(int) (mostMarked * (probabilities.length - 1))];
  }

  /** One line of JSON; shares are in 0..1, sizes are shares of the frame's height. */
  public String toJson() {
    JsonMapper mapper = new JsonMapper();
    ObjectNode root = mapper.createObjectNode();
    root.put("model", model.id()).put("weightsHash", model.weightsHash());
    root.put("engine", model.engine()).put("seed", plan.seed()).put("scenes", plan.scenes());
    ObjectNode byFrames = root.putObject("frames");
    for (int frames : plan.frameCounts()) {
      describe(of(frames), byFrames.putObject(Integer.toString(frames)));
    }
    return root.toString();
  }

  private static void describe(List<Outcome> outcomes, ObjectNode into) {
    accuracy(outcomes, into);
    into.put("failed", outcomes.stream().filter(o -> o.description() == null).count());
    into.put("unsure", share(outcomes, EvaluationReport::isUnsure));
    ObjectNode right = into.putObject("right");
    confidence(outcomes.stream().filter(Outcome::isExact).toList(), right);
    ObjectNode wrong = into.putObject("wrong");
    confidence(outcomes.stream().filter(o -> !o.isExact()).toList(), wrong);
    ObjectNode bySize = into.putObject("bySize");
    for (int i = 0; i + 1 < SIZES.length; i++) {
      double from = SIZES[i];
      double to = SIZES[i + 1];
      accuracy(
          outcomes.stream()
              .filter(
                  o ->
                      o.scene().actors().get(0).fullSize() >= from
                          && o.scene().actors().get(0).fullSize() < to)
              .toList(),
          bySize.putObject(String.format(Locale.ROOT, "%.2f-%.2f", from, to)));
    }
  }

  private static void accuracy(List<Outcome> outcomes, ObjectNode into) {
    into.put("clips", outcomes.size());
    if (!outcomes.isEmpty()) {
      into.put("exact", share(outcomes, Outcome::isExact));
      into.put("colour", share(outcomes, Outcome::hasColour));
      into.put("object", share(outcomes, Outcome::hasKind));
      into.put("motion", share(outcomes, Outcome::hasMotion));
    }
  }

  private static void confidence(List<Outcome> outcomes, ObjectNode into) {
    into.put("clips", outcomes.size());
    if (!outcomes.isEmpty()) {
      into.put("unsure", share(outcomes, EvaluationReport::isUnsure));
      outcomes.stream()
          .map(Outcome::description)
          .filter(Objects::nonNull)
          .mapToDouble(Description::meanLogProbability)
          .average()
          .ifPresent(mean -> into.put("meanLogProbability", rounded(mean)));
    }
  }

  private static boolean isUnsure(Outcome outcome) {
    @Nullable Description description = outcome.description();
    return description != null && description.unsure();
  }

  private List<Outcome> of(int frames) {
    return outcomes.stream().filter(outcome -> outcome.frames() == frames).toList();
  }

  private static double share(List<Outcome> outcomes, Predicate<Outcome> condition) {
    return rounded((double) outcomes.stream().filter(condition).count() / outcomes.size());
  }

  private static double rounded(double value) {
    return Math.round(value * 1e4) / 1e4;
  }
}
