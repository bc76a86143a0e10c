package dev.flamingostreams.bench;

import dev.flamingostreams.engine.ModelPath;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Collection;
import java.util.List;
import java.util.function.ToLongFunction;

/** The least, the middle and the greatest of some numbers. */
public record Spread(double min, double median, double max) {
  private static final double NANOS_PER_MILLI = 1e6;

  public static Spread of(Collection<Double> values) {
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    int n = sorted.length;
    double median = (sorted[(n - 1) / 2] + sorted[n / 2]) / 2;
    return new Spread(round(sorted[0]), round(median), round(sorted[n - 1]));
  }

  /** Milliseconds of a part of each pass. */
  static Spread millis(List<ModelPath.Pass> passes, ToLongFunction<ModelPath.Pass> nanos) {
    return of(passes.stream().map(pass -> nanos.applyAsLong(pass) / NANOS_PER_MILLI).toList());
  }

  /** To four significant digits. */
  static double round(double value) {
    return new BigDecimal(value).round(new MathContext(4)).doubleValue();
  }
}
