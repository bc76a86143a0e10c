package dev.flamingostreams.cli;

import dev.flamingostreams.training.evaluation.ModelEvaluation;
import java.io.PrintWriter;
import java.time.Duration;

/** Tells now and then how far an evaluation is, and how long it may take from there. */
final class TimeLeft implements ModelEvaluation.Progress {
  private static final long EVERY_NANOS = Duration.ofSeconds(10).toNanos();

  private final PrintWriter out;
  private final long start = System.nanoTime();
  private long told = start;

  TimeLeft(PrintWriter out) {
    this.out = out;
  }

  @Override
  public void made(String what, int done, int total) {
    long now = System.nanoTime();
    if (done == total || now - told >= EVERY_NANOS) {
      told = now;
      out.println(line(what, done, total, now - start));
      out.flush();
    }
  }

  /** Such as {@code 120 of 800 videos, 2 min 10 s left: scenes with two objects}. */
  static String line(String what, int done, int total, long nanos) {
    long seconds = Math.round((double) nanos / done * (total - done) / 1e9);
    return "%d of %d videos, %s left: %s".formatted(done, total, duration(seconds), what);
  }

  private static String duration(long seconds) {
    return seconds < 60 ? seconds + " s" : "%d min %d s".formatted(seconds / 60, seconds % 60);
  }
}
