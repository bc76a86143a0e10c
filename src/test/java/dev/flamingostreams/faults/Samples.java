package dev.flamingostreams.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How large an application and its broker's disk are, in MB, time after time. The topics of frames
 * and captions grow, as they are kept for days; all else must not.
 */
final class Samples {
  private static final List<String> NAMES =
      List.of(
          "seconds",
          "captions",
          "heap",
          "process",
          "state",
          "changelogs",
          "coordinators",
          "frames and captions");
  private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s+(\\d+) kB");
  private static final Pattern GROWING = Pattern.compile("^(frames|captions|alerts)-.*\\.log$");
  private static final int FIRST = 2;
  private static final int FLAT = 5;
  private static final double SHARE = 0.15;
  private static final double SOME_MB = 16;

  private final Path csv;
  private final Forked app;
  private final Path state;
  private final BrokerRuns broker;
  private final long start = System.nanoTime();
  private final List<double[]> rows = new ArrayList<>();

  Samples(Path csv, Forked app, Path state, BrokerRuns broker) throws IOException {
    this.csv = csv;
    this.app = app;
    this.state = state;
    this.broker = broker;
    Files.writeString(csv, String.join(",", NAMES) + "\n");
  }

  void take(Seen seen) throws IOException {
    seen.readToEnd();
    double[] row = {
      (System.nanoTime() - start) / 1e9,
      seen.captions().size(),
      Double.parseDouble(app.ask("heap:")) / (1 << 20),
      resident(),
      megabytes(state, path -> true),
      megabytes(broker.data(), path -> path.endsWith(".log") && path.contains("-changelog-")),
      megabytes(broker.data(), path -> path.endsWith(".log") && path.startsWith("__")),
      megabytes(broker.data(), GROWING.asPredicate())
    };
    rows.add(row);
    String line =
        String.join(
            ",",
            Arrays.stream(row).mapToObj(one -> String.format(Locale.ROOT, "%.1f", one)).toList());
    Files.writeString(csv, line + "\n", StandardOpenOption.APPEND);
  }

  /** What the second half adds by its trend is a small share of what is there. */
  void assertFlat() {
    List<double[]> half = rows.subList(rows.size() / 2, rows.size());
    for (int column = FIRST; column < FIRST + FLAT; column++) {
      double[] values = column(half, column);
      double mean = Arrays.stream(values).average().orElse(0);
      assertThat(slope(values) * values.length)
          .as(
              "MB that %s grew by in the second half, of %.1f; see %s",
              NAMES.get(column), mean, csv)
          .isLessThan(SHARE * mean + SOME_MB);
    }
  }

  private double resident() throws IOException {
    String status = Files.readString(Path.of("/proc", Long.toString(app.pid()), "status"));
    Matcher found = RESIDENT.matcher(status);
    assertThat(found.find()).as("VmRSS of process %d", app.pid()).isTrue();
    return Double.parseDouble(found.group(1)) / 1024;
  }

  /** Of the files below this directory whose path in it passes; some may go away meanwhile. */
  private static double megabytes(Path directory, Predicate<String> path) throws IOException {
    long[] sum = {0};
    Files.walkFileTree(
        directory,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (path.test(directory.relativize(file).toString())) {
              sum[0] += attributes.size();
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException e) {
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException e) {
            return FileVisitResult.CONTINUE;
          }
        });
    return sum[0] / (double) (1 << 20);
  }

  private static double[] column(List<double[]> rows, int column) {
    return rows.stream().mapToDouble(row -> row[column]).toArray();
  }

  /** Of the line that fits best, per sample. */
  private static double slope(double[] values) {
    double middle = (values.length - 1) / 2.0;
    double mean = Arrays.stream(values).average().orElse(0);
    double above = 0;
    double below = 0;
    for (int i = 0; i < values.length; i++) {
      above += (i - middle) * (values[i] - mean);
      below += (i - middle) * (i - middle);
    }
    return below == 0 ? 0 : above / below;
  }
}
