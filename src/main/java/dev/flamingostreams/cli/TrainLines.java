package dev.flamingostreams.cli;

import dev.flamingostreams.training.Trainer;
import java.io.PrintWriter;
import java.util.Locale;

/** How a training run fares, in lines of at most 80 columns. */
final class TrainLines implements Trainer.Progress {
  private static final int EVERY = 50;
  private static final int MINUTE = 60;
  private static final int HOUR = 3600;

  private final PrintWriter out;

  TrainLines(PrintWriter out) {
    this.out = out;
  }

  @Override
  public void step(Trainer.Step step) {
    if (step.number() % EVERY == 0 || step.number() == step.steps()) {
      note(line(step));
    }
  }

  @Override
  public void note(String line) {
    out.println(Printable.of(line));
    out.flush();
  }

  static String line(Trainer.Step step) {
    return String.format(
        Locale.ROOT,
        "%-8s %5d of %-5d  loss %s  rate %.1e  %s examples/s  %s left",
        step.stage(),
        step.number(),
        step.steps(),
        loss(step.loss()),
        step.learningRate(),
        String.format(
            Locale.ROOT,
            step.examplesPerSecond() < 10 ? "%4.1f" : "%4.0f",
            step.examplesPerSecond()),
        left(step.secondsLeft()));
  }

  private static String loss(double loss) {
    return String.format(Locale.ROOT, loss < 10 ? "%.4f" : "%6.3f", loss);
  }

  private static String left(double seconds) {
    if (seconds < 2 * MINUTE) {
      return String.format(Locale.ROOT, "%.0f s", seconds);
    }
    return seconds < 99 * MINUTE
        ? String.format(Locale.ROOT, "%.0f min", seconds / MINUTE)
        : String.format(Locale.ROOT, "%.1f h", seconds / HOUR);
  }
}
