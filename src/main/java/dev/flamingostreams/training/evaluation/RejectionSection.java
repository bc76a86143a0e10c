package dev.flamingostreams.training.evaluation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** The part of the report that says how much is marked unsure. */
final class RejectionSection {
  private final EvaluationPlan plan;
  private final Outcomes outcomes;

  RejectionSection(EvaluationPlan plan, Outcomes outcomes) {
    this.plan = plan;
    this.outcomes = outcomes.of(Variant.PLAIN);
  }

  void write(ObjectNode into) {
    known(into.putObject("known"));
    for (Group group : Group.NOT_KNOWN) {
      Outcomes some = outcomes.of(group);
      ObjectNode part = into.putObject(group.key());
      Shares.unsure(some, part);
      byLabel(some, part);
    }
  }

  private void known(ObjectNode into) {
    Outcomes known = outcomes.where(o -> Group.KNOWN.contains(o.subject().group()));
    Shares.unsure(known, into);
    for (Group group : Group.KNOWN) {
      ObjectNode objects = into.putObject(group.key());
      for (int frames : plan.frameCounts()) {
        Shares.unsure(known.of(group).of(frames), objects.putObject(Integer.toString(frames)));
      }
    }
  }

  private static void byLabel(Outcomes some, ObjectNode into) {
    List<String> labels =
        some.stream().map(o -> o.subject().label()).filter(l -> !l.isEmpty()).distinct().toList();
    if (labels.isEmpty()) {
      return;
    }
    ObjectNode each = into.putObject("each");
    for (String label : labels) {
      Shares.unsure(
          some.where(outcome -> outcome.subject().label().equals(label)), each.putObject(label));
    }
  }
}
