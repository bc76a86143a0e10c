package dev.flamingostreams.training.evaluation;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Objects;

/** The part of the report that compares how sure captions are with how many are exact. */
final class CalibrationSection {
  private static final int BINS = 10;

  private CalibrationSection() {}

  /**
   * Reliability in bins of equal width, and the expected calibration error: the mean over captions
   * of the distance between probability and exact share of their bin (Guo et al. 2017).
   *
   * @param known captions of scenes that the model knows
   */
  static void write(Outcomes known, ObjectNode into) {
    Outcomes described = known.where(outcome -> !outcome.isFailed());
    into.put("captions", described.count());
    into.put("failed", known.count() - described.count());
    ArrayNode bins = into.putArray("bins");
    double error = 0;
    for (int i = 0; i < BINS; i++) {
      int bin = i;
      Outcomes some = described.where(outcome -> bin(outcome) == bin);
      error += some.count() * gap(some);
      write(bin, some, bins.addObject());
    }
    if (described.count() > 0) {
      into.put("expectedError", Shares.rounded(error / described.count()));
    }
  }

  private static int bin(Outcome outcome) {
    return Math.min(BINS - 1, (int) (BINS * probability(outcome)));
  }

  private static double gap(Outcomes some) {
    double exact = some.count() == 0 ? 0 : (double) some.count(Outcome::isExact) / some.count();
    return Math.abs(exact - probability(some));
  }

  private static void write(int bin, Outcomes some, ObjectNode into) {
    into.put("from", (double) bin / BINS).put("to", (bin + 1.0) / BINS);
    into.put("captions", some.count());
    if (some.count() > 0) {
      into.put("probability", Shares.rounded(probability(some)));
    }
    Shares.put(into, "exact", some.count(Outcome::isExact), some.count());
  }

  /** Mean over captions; 0 of none. */
  private static double probability(Outcomes some) {
    return some.stream().mapToDouble(CalibrationSection::probability).average().orElse(0);
  }

  private static double probability(Outcome outcome) {
    return Objects.requireNonNull(outcome.description()).probability();
  }
}
