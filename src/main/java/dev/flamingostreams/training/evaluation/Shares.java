package dev.flamingostreams.training.evaluation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Comparator;

/** Counts and shares as the report writes them; a share stands beside the count it is of. */
final class Shares {
  private Shares() {}

  /** How right captions are. */
  static void accuracy(Outcomes outcomes, ObjectNode into) {
    exact(outcomes, into);
    int objects = outcomes.sum(Verdict::objects);
    into.put("objects", objects);
    put(into, "colour", outcomes.sum(Verdict::colours), objects);
    put(into, "object", outcomes.sum(Verdict::kinds), objects);
    put(into, "motion", outcomes.sum(Verdict::motions), objects);
  }

  /** Which motions were told wrong, and how often what was said in their place. */
  static void confusions(Outcomes outcomes, ObjectNode into) {
    ObjectNode confusions = into.putObject("confusions");
    outcomes.stream()
        .flatMap(outcome -> outcome.verdict().confusions().stream())
        .sorted(
            Comparator.comparing(Verdict.Confusion::truth).thenComparing(Verdict.Confusion::said))
        .forEach(
            confusion -> {
              ObjectNode said = confusions.withObject(confusion.truth().words());
              String key = confusion.said().isEmpty() ? "none" : confusion.said();
              said.put(key, said.path(key).asInt() + 1);
            });
  }

  /** How many captions are exact. */
  static void exact(Outcomes outcomes, ObjectNode into) {
    clips(outcomes, into);
    put(into, "exact", outcomes.count(Outcome::isExact), outcomes.count());
    put(into, "otherOrder", outcomes.count(o -> o.verdict().inOtherOrder()), outcomes.count());
  }

  /** How many captions are marked unsure. */
  static void unsure(Outcomes outcomes, ObjectNode into) {
    clips(outcomes, into);
    put(into, "unsure", outcomes.count(Outcome::isUnsure), outcomes.count());
  }

  private static void clips(Outcomes outcomes, ObjectNode into) {
    into.put("clips", outcomes.count());
    into.put("failed", outcomes.count(Outcome::isFailed));
  }

  /** A share, of nothing none. */
  static void put(ObjectNode into, String key, int count, int of) {
    if (of > 0) {
      into.put(key, rounded((double) count / of));
    }
  }

  static double rounded(double value) {
    return Math.round(value * 1e4) / 1e4;
  }
}
