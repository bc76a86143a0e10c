package dev.flamingostreams.cli;

import dev.flamingostreams.frames.Camera;
import dev.flamingostreams.frames.IngestProgress;
import dev.flamingostreams.frames.Outcome;
import java.io.PrintWriter;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;

/** An ingest on the terminal: one bar for all on a terminal, a line per event when piped. */
final class IngestLines implements IngestProgress {
  private static final int BAR = 30;
  private static final long REFRESH_NANOS = 100_000_000;

  private final PrintWriter out;
  private final PrintWriter err;
  private final boolean terminal;
  private final Map<String, Long> lengths = new ConcurrentHashMap<>();
  private final Map<String, Long> reached = new ConcurrentHashMap<>();
  private final Map<String, Long> frames = new ConcurrentHashMap<>();
  private long drawn;

  IngestLines(PrintWriter out, PrintWriter err, boolean terminal) {
    this.out = out;
    this.err = err;
    this.terminal = terminal;
  }

  @Override
  public void opened(Camera camera, OptionalLong durationMicros) {
    durationMicros.ifPresent(micros -> lengths.put(camera.id(), micros));
  }

  @Override
  public void sent(Camera camera, long count, long videoMicros) {
    reached.put(camera.id(), videoMicros);
    frames.put(camera.id(), count);
    if (terminal) {
      draw();
    }
  }

  @Override
  public void note(Camera camera, String line) {
    print(camera.id() + ": " + line);
  }

  @Override
  public void ended(Outcome outcome) {
    String error = outcome.error();
    String sent = "%d frames, %d KB".formatted(outcome.frames(), outcome.bytes() >> 10);
    print(outcome.camera().id() + ": " + sent);
    if (error != null) {
      err.println("flamingo: " + outcome.camera().id() + ": " + error);
      err.flush();
    }
  }

  private synchronized void draw() {
    long now = System.nanoTime();
    if (now - drawn < REFRESH_NANOS) {
      return;
    }
    drawn = now;
    long whole = lengths.values().stream().mapToLong(Long::longValue).sum();
    long done = reached.values().stream().mapToLong(Long::longValue).sum();
    long count = frames.values().stream().mapToLong(Long::longValue).sum();
    int filled = whole == 0 ? 0 : (int) Math.min(BAR, BAR * done / whole);
    out.printf("\r[%s%s] %d frames ", "#".repeat(filled), ".".repeat(BAR - filled), count);
    out.flush();
  }

  private synchronized void print(String line) {
    out.println(terminal ? "\r" + line + " ".repeat(Math.max(0, BAR + 20 - line.length())) : line);
    out.flush();
  }
}
