package dev.flamingostreams.training.evaluation;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.flamingostreams.engine.ModelInfo;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/** How well a model did. */
public final class EvaluationReport {
  private final ModelInfo model;
  private final EvaluationPlan plan;
  private final Outcomes outcomes;
  private final Questioning questioning;
  private final Interleaving interleaving;
  private final Changes changes;
  private final Map<String, Integer> failures;

  EvaluationReport(
      ModelInfo model,
      EvaluationPlan plan,
      Outcomes outcomes,
      Questioning questioning,
      Interleaving interleaving,
      Changes changes,
      Map<String, Integer> failures) {
    this.model = model;
    this.plan = plan;
    this.outcomes = outcomes;
    this.questioning = questioning;
    this.interleaving = interleaving;
    this.changes = changes;
    this.failures = Collections.unmodifiableSortedMap(new TreeMap<>(failures));
  }

  /** How many questions had no answer. They count as wrong. */
  public int failed() {
    return failures.values().stream().mapToInt(Integer::intValue).sum();
  }

  /** How often questions had no answer, by reason. */
  public Map<String, Integer> failures() {
    return failures;
  }

  /**
   * The threshold for {@code unsureBelow} in a model's config: as high as marks at most a given
   * share of the known scenes, those counted that are marked for their text.
   *
   * @param unknownTexts captions that are marked for their text
   */
  public double unsureBelow(double mostMarked, Collection<String> unknownTexts) {
    return UnsureThreshold.of(
        outcomes.where(outcome -> Group.KNOWN.contains(outcome.subject().group())),
        mostMarked,
        unknownTexts);
  }

  /**
   * All figures. Shares are in 0..1, beside the count they are of; sizes are fractions of the
   * frame's height. src/docs/evaluation.md explains the keys.
   */
  public ObjectNode json() {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.put("model", model.id()).put("weightsHash", model.weightsHash());
    root.put("engine", model.engine()).put("seed", plan.seed()).put("scenes", plan.scenes());
    plan.frameCounts().forEach(root.putArray("frames")::add);
    plan.inOrder().forEach(measure -> write(measure, root.putObject(measure.key())));
    ObjectNode reasons = root.putObject("failures");
    failures.forEach(reasons::put);
    return root;
  }

  private void write(Measure measure, ObjectNode into) {
    CaptionSections captions = new CaptionSections(plan, outcomes);
    switch (measure) {
      case CAPTIONS -> captions.captions(into);
      case TIMING, ABLATIONS -> captions.variants(measure, into);
      case UNSEEN -> captions.unseen(into);
      case QUESTIONS -> questioning.write(into);
      case CALIBRATION ->
          CalibrationSection.write(
              outcomes
                  .of(Variant.PLAIN)
                  .where(outcome -> Group.KNOWN.contains(outcome.subject().group())),
              into);
      case REJECTION -> new RejectionSection(plan, outcomes).write(into);
      case INTERLEAVED -> interleaving.write(into);
      case CHANGES -> changes.write(into);
    }
  }
}
