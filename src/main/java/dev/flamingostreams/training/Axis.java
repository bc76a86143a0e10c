package dev.flamingostreams.training;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * An axis of a chart.
 *
 * @param ticks values that are marked and written
 */
record Axis(String label, double from, double to, boolean isLog, List<Double> ticks) {
  private static final int FEWEST = 4;
  private static final int MOST = 9;
  private static final int WANTED = 8;
  private static final List<double[]> DECADES =
      List.of(
          new double[] {1},
          new double[] {1, 2, 5},
          new double[] {1, 3},
          new double[] {1, 1.5, 2, 3, 4, 5, 6, 8});

  /** From and to these values, whatever the ticks. */
  static Axis linear(String label, double from, double to) {
    return new Axis(label, from, to, false, ticks(from, to, tickStep(from, to)));
  }

  /** Widened so that it begins and ends with a tick. */
  static Axis rounded(String label, double from, double to) {
    double step = tickStep(from, to);
    double low = Math.floor(from / step) * step;
    double high = Math.ceil(to / step) * step;
    return new Axis(label, low, high, false, ticks(low, high, step));
  }

  /** Logarithmic; the values are above 0. */
  static Axis log(String label, double from, double to) {
    double margin = Math.max(1.02, Math.pow(to / from, 0.05));
    double low = from / margin;
    double high = to * margin;
    return new Axis(label, low, high, true, logTicks(low, high));
  }

  private static List<Double> logTicks(double from, double to) {
    for (double[] decade : DECADES) {
      List<Double> ticks = logTicks(from, to, decade);
      if (ticks.size() >= FEWEST && ticks.size() <= MOST) {
        return ticks;
      }
    }
    return logTicks(from, to, DECADES.get(0)).size() > MOST
        ? logTicks(from, to, DECADES.get(0))
        : ticks(from, to, tickStep(from, to));
  }

  private static List<Double> logTicks(double from, double to, double... decade) {
    int first = (int) Math.floor(Math.log10(from));
    int last = (int) Math.floor(Math.log10(to));
    return IntStream.rangeClosed(first, last)
        .boxed()
        .flatMap(power -> Arrays.stream(decade).mapToObj(d -> exact(d, power)))
        .filter(tick -> tick >= from && tick <= to)
        .toList();
  }

  private static double exact(double digit, int power) {
    return BigDecimal.valueOf(digit).scaleByPowerOfTen(power).doubleValue();
  }

  private static List<Double> ticks(double from, double to, double step) {
    long first = (long) Math.ceil(from / step - 1e-9);
    long last = (long) Math.floor(to / step + 1e-9);
    BigDecimal exactStep = BigDecimal.valueOf(step);
    return LongStream.rangeClosed(first, last)
        .mapToObj(i -> exactStep.multiply(BigDecimal.valueOf(i)).doubleValue())
        .toList();
  }

  /** 1, 2 or 5 times a power of ten. */
  private static double tickStep(double from, double to) {
    double rough = Math.max(to - from, 1e-9) / WANTED;
    int power = (int) Math.floor(Math.log10(rough));
    double digit = rough / exact(1, power);
    return exact(digit <= 1 ? 1 : digit <= 2 ? 2 : digit <= 5 ? 5 : 10, power);
  }

  /** 0 at the axis' start, 1 at its end. */
  double position(double value) {
    return isLog ? Math.log(value / from) / Math.log(to / from) : (value - from) / (to - from);
  }

  static String text(double tick) {
    BigDecimal digits =
        new BigDecimal(tick, new MathContext(4, RoundingMode.HALF_UP)).stripTrailingZeros();
    return Math.abs(tick) >= 1000
        ? String.format(Locale.ROOT, "%,d", digits.longValue())
        : digits.toPlainString().replace('-', '\u2212');
  }
}
