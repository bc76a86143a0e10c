package dev.flamingostreams.bench;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Collection;

/** The least, the middle and the greatest of some numbers. */
record Spread(double min, double median, double max) {

  static Spread of(Collection<Double> values) {
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    int n = sorted.length;
    double median = (sorted[(n - 1) / 2] + sorted[n / 2]) / 2;
    return new Spread(round(sorted[0]), round(median), round(sorted[n - 1]));
  }

  /** To four significant digits. */
  private static double round(double value) {
    return new BigDecimal(value).round(new MathContext(4)).doubleValue();
  }
}
