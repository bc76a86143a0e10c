package dev.flamingostreams.cli;

import dev.flamingostreams.hub.PullProgress;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A pull on the terminal: one line that is drawn over, of 80 columns, and one per finished file.
 */
final class PullLines implements PullProgress {
  private static final int COLUMNS = 79;
  private static final int NAME_COLUMNS = 30;
  private static final long REFRESH_NANOS = 1_000_000_000;
  private static final double MEGABYTE = 1 << 20;

  private final Path directory;
  private final PrintWriter err;
  private final boolean terminal;
  private final LongSupplier nanos;
  private @Nullable Path file;
  private long began;
  private long first;
  private long drawn;

  /**
   * @param directory that names are told from
   */
  PullLines(Path directory, PrintWriter err, boolean terminal, LongSupplier nanos) {
    this.directory = directory;
    this.err = err;
    this.terminal = terminal;
    this.nanos = nanos;
  }

  @Override
  public void reached(Path reached, long bytes, long size) {
    long now = nanos.getAsLong();
    if (!reached.equals(file)) {
      file = reached;
      began = now;
      drawn = now;
      first = bytes;
    } else if (terminal && now - drawn >= REFRESH_NANOS) {
      drawn = now;
      err.print("\r" + padded(line(bytes, size, (bytes - first) * 1e9 / (now - began))));
      err.flush();
    }
  }

  private String line(long bytes, long size, double perSecond) {
    return String.format(
        Locale.ROOT,
        "%s  %.0f of %.0f MB  %.1f MB/s  %s",
        name(),
        bytes / MEGABYTE,
        size / MEGABYTE,
        perSecond / MEGABYTE,
        perSecond <= 0 ? "stalled" : left((long) ((size - bytes) / perSecond)));
  }

  private static String left(long seconds) {
    long shown = Math.min(seconds, 359_999);
    return shown < 3600
        ? "%d:%02d left".formatted(shown / 60, shown % 60)
        : "%d:%02d:%02d left".formatted(shown / 3600, shown / 60 % 60, shown % 60);
  }

  @Override
  public void finished(Path finished, long size, boolean already) {
    file = finished;
    print(
        String.format(
            Locale.ROOT,
            "%s  %s%s",
            name(),
            size < MEGABYTE ? size + " bytes" : "%.0f MB".formatted(size / MEGABYTE),
            already ? ", here already" : ""));
    file = null;
  }

  @Override
  public void note(String line) {
    print(line);
  }

  private String name() {
    String name = String.valueOf(file == null ? "" : directory.relativize(file));
    return name.length() <= NAME_COLUMNS
        ? name
        : "..." + name.substring(name.length() - NAME_COLUMNS + 3);
  }

  private void print(String line) {
    err.println(terminal ? "\r" + padded(line) : line);
    err.flush();
  }

  private static String padded(String line) {
    return line + " ".repeat(Math.max(0, COLUMNS - line.length()));
  }
}
