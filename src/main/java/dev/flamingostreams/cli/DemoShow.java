package dev.flamingostreams.cli;

import dev.flamingostreams.alerts.AlertLedgers;
import dev.flamingostreams.bench.Percentile;
import dev.flamingostreams.frames.Camera;
import dev.flamingostreams.frames.Ingest;
import dev.flamingostreams.frames.Outcome;
import dev.flamingostreams.plugin.Ledgers;
import dev.flamingostreams.plugin.Runner;
import dev.flamingostreams.plugin.TopologyFile;
import dev.flamingostreams.schema.Alert;
import dev.flamingostreams.schema.Caption;
import dev.flamingostreams.schema.DeadLetter;
import dev.flamingostreams.schema.Ledger;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Plays the cameras, prints what comes out, and adds it all up. */
final class DemoShow implements Audience.Listener {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final DemoVideos films;
  private final Runner runner;
  private final TopologyFile file;
  private final Ledgers ledgers;
  private final PrintWriter out;
  private final DueTimes due;
  private final List<Long> latencies = new ArrayList<>();
  private final Set<String> captioned = new HashSet<>();
  private final List<Alert> unprinted = new ArrayList<>();
  private int captions;
  private int alerts;
  private int deadLetters;
  private int exact;
  private long lastNews = System.nanoTime();

  DemoShow(TopologyFile file, DemoVideos films, Runner runner, PrintWriter out) {
    this.file = file;
    this.films = films;
    this.runner = runner;
    this.out = out;
    ledgers = runner.ledgers().values().iterator().next();
    due = new DueTimes(file.clips().grace().toNanos() / 1_000);
  }

  /** Whether nothing was lost and nothing failed. */
  boolean play(List<Camera> cameras, Map<String, Object> kafka, Stop stop)
      throws InterruptedException, ExecutionException {
    out.printf("%n%-9s  %-7s    %-44s %6s%n", "camera", "time", "caption", "log p");
    try (Audience audience = new Audience(file, kafka)) {
      CompletableFuture<List<Outcome>> sent =
          CompletableFuture.supplyAsync(() -> ingest(cameras, kafka));
      while (!atRest(sent) && waiting(sent)) {
        if (stop.asked().isDone()) {
          throw new CommandException(ExitCode.INTERRUPTED, "interrupted");
        }
        if (runner.finished().isDone()) {
          runner.finished().get();
        }
        audience.listen(this);
        out.flush();
      }
      return summary(sent.get());
    }
  }

  @Override
  public void caption(Caption caption) {
    long now = System.nanoTime();
    latencies.add(due.latencyNanos(caption, now));
    captions++;
    exact += films.isTrue(caption) ? 1 : 0;
    lastNews = now;
    out.println(TimeLine.ofStream(caption));
    captioned.add(caption.clip());
    printAlerts();
  }

  @Override
  public void alert(Alert alert) {
    alerts++;
    lastNews = System.nanoTime();
    unprinted.add(alert);
    printAlerts();
  }

  @Override
  public void deadLetter(ConsumerRecord<byte[], byte[]> found) {
    deadLetters++;
    lastNews = System.nanoTime();
    out.println("dead letter: " + DeadLetter.get(found.headers(), DeadLetter.MESSAGE, ""));
  }

  /** An alert is read from another topic and may come before its caption. */
  private void printAlerts() {
    unprinted.removeIf(
        alert -> {
          boolean due = captioned.contains(alert.caption().clip());
          if (due) {
            out.println(TimeLine.of(alert));
          }
          return due;
        });
  }

  private List<Outcome> ingest(List<Camera> cameras, Map<String, Object> kafka) {
    try (Ingest ingest =
        Ingest.connect(
            Map.of("bootstrap.servers", kafka.get("bootstrap.servers")),
            file.input().topic(),
            false)) {
      return ingest.run(cameras, due);
    } catch (IOException e) {
      throw new CommandException(ExitCode.KAFKA, Failures.line(e), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandException(ExitCode.INTERRUPTED, "interrupted", e);
    }
  }

  private boolean atRest(CompletableFuture<List<Outcome>> sent)
      throws InterruptedException, ExecutionException {
    return sent.isDone()
        && ledgers.clips().in() >= frames(sent.get())
        && ledgers.all().stream().allMatch(ledger -> ledger.open() == 0)
        && captions >= ledgers.captions().of("captioned")
        && alerts >= ledgers.alerts().matches().of(AlertLedgers.ALERTS);
  }

  private boolean waiting(CompletableFuture<List<Outcome>> sent) {
    return !sent.isDone() || System.nanoTime() - lastNews < PATIENCE.toNanos();
  }

  private boolean summary(List<Outcome> sent) {
    sent.stream()
        .filter(outcome -> outcome.error() != null)
        .forEach(outcome -> out.println(outcome.camera().id() + ": " + outcome.error()));
    long frames = frames(sent);
    out.printf(
        "%n%d frames, %d clips, %d captions, %d alerts, %d dead letters%n",
        frames, ledgers.captions().in(), captions, alerts, deadLetters);
    accounts();
    printLatency();
    if (exact > 0 || sent.stream().anyMatch(one -> one.camera().id().startsWith("camera-"))) {
      out.printf(
          "%d of %d captions are word for word what was rendered, either object first%n",
          exact, captions);
    }
    boolean whole = whole(sent, frames);
    out.println(
        whole
            ? "Nothing was lost, nothing failed."
            : "Something was lost or has failed: see above.");
    out.println("(? the model is unsure of a caption, ! an alert)");
    out.println("Next: flamingo describe FILE, flamingo demo --video FILE, flamingo --help");
    out.flush();
    return whole;
  }

  /** What came of every record so far. */
  void accounts() {
    ledgers.all().forEach(this::printEquation);
    out.flush();
  }

  /** What occurred of a stage's equation; {@link Ledger} counts every outcome. */
  private void printEquation(Ledger ledger) {
    String occurred =
        ledger.outcomes().entrySet().stream()
            .filter(outcome -> outcome.getValue() != 0)
            .map(outcome -> outcome.getValue() + " " + outcome.getKey())
            .collect(Collectors.joining(" + "));
    String left = ledger.toString().replaceFirst(" =.*", "");
    String open = ledger.open() == 0 ? "" : " + %d open".formatted(ledger.open());
    out.println("  " + left + " = " + (occurred.isEmpty() ? "0" : occurred) + open);
  }

  private void printLatency() {
    long[] nanos = latencies.stream().mapToLong(Long::longValue).toArray();
    out.printf(
        Locale.ROOT,
        "clip due to caption committed and read: p50 %.2f s, p95 %.2f s%n",
        Percentile.of(nanos, 50) / 1e9,
        Percentile.of(nanos, 95) / 1e9);
  }

  private boolean whole(List<Outcome> sent, long frames) {
    return sent.stream().allMatch(outcome -> outcome.error() == null)
        && ledgers.clips().in() == frames
        && ledgers.all().stream().allMatch(ledger -> ledger.open() == 0)
        && deadLetters == 0
        && ledgers.captions().in() == captions
        && ledgers.alerts().captions().of(AlertLedgers.FAILED) == 0
        && ledgers.alerts().matches().of(AlertLedgers.ALERTS) == alerts
        && captions > 0;
  }

  private static long frames(List<Outcome> sent) {
    return sent.stream().mapToLong(Outcome::frames).sum();
  }
}
