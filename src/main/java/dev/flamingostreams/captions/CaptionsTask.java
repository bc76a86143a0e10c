package dev.flamingostreams.captions;

import dev.flamingostreams.captions.CaptionLimits.Overload;
import dev.flamingostreams.engine.Description;
import dev.flamingostreams.schema.Clip;
import dev.flamingostreams.schema.Ledger;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.jspecify.annotations.Nullable;

/** Takes clips as pending, sends them to the engine, drains what is described. */
final class CaptionsTask {
  private static final long LISTEN_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  private final ProcessorContext<Object, Object> context;
  private final CaptionLimits limits;
  private final PendingClips clips;
  private final Launcher launcher;
  private final Outlet outlet;
  private final Bell bell;
  private final Patience patience;
  private final Ledger.Entries ledger;
  private final long mostWaitNanos;

  CaptionsTask(
      ProcessorContext<Object, Object> context,
      CaptionLimits limits,
      PendingClips clips,
      Launcher launcher,
      Outlet outlet,
      Bell bell,
      Patience patience,
      Ledger.Entries ledger) {
    this.context = context;
    this.limits = limits;
    this.clips = clips;
    this.launcher = launcher;
    this.outlet = outlet;
    this.bell = bell;
    this.patience = patience;
    this.ledger = ledger;
    long waitMillis =
        limits.maxWait().isZero()
            ? Patience.thirdOfTransaction(context.appConfigs())
            : limits.maxWait().toMillis();
    mostWaitNanos = TimeUnit.MILLISECONDS.toNanos(waitMillis);
    ledger.carried(clips.unsettled());
  }

  void accept(Clip clip) {
    ledger.in(1);
    Entry entry = clips.add(clip);
    if (limits.overload() == Overload.SKIP && clips.unsettled() > limits.maxPending()) {
      clips.settle(entry);
      ledger.count(CaptionsStage.OVERLOADED, 1);
    } else {
      launcher.queue(entry);
    }
    advance();
    clips.saveNew(clip.stream());
    if (limits.overload() == Overload.WAIT) {
      waitForRoom();
    }
  }

  void punctuate() {
    patience.renew();
    advance();
    if (launcher.endRound()) {
      context.commit();
    }
  }

  void close() {
    launcher.abandon();
    ledger.close();
  }

  private void advance() {
    launcher.advance(context.currentSystemTimeMs());
    clips.streams().forEach(this::drain);
  }

  private void drain(String stream) {
    for (Entry entry : List.copyOf(clips.of(stream))) {
      CompletableFuture<Description> answer = entry.answer;
      if (!entry.isSettled()) {
        if (answer == null || !answer.isDone()) {
          break; // captions of a stream leave in order
        }
        settle(entry, answer);
      }
    }
    clips.release(stream);
  }

  private void settle(Entry entry, CompletableFuture<Description> answer) {
    @Nullable Throwable failure = answer.handle((description, thrown) -> thrown).join();
    if (failure == null) {
      outlet.caption(entry.clip(), answer.join());
      ledger.count(CaptionsStage.CAPTIONED, 1);
    } else {
      outlet.deadLetter(entry.pending, failure);
      ledger.count(CaptionsStage.DEAD_LETTERED, 1);
    }
    clips.settle(entry);
  }

  // The store is the queue and nothing is dropped; the wait slows the input to what is described.
  // Without a clip in flight it would be in vain: what is armed flies after the next commit.
  private void waitForRoom() {
    while (clips.unsettled() > limits.maxPending()
        && launcher.isFlying()
        && patience.left(mostWaitNanos) > 0
        && !Thread.currentThread().isInterrupted()) {
      long start = System.nanoTime();
      bell.listen(Math.min(patience.left(mostWaitNanos), LISTEN_NANOS));
      patience.spend(System.nanoTime() - start);
      advance();
      context.commit();
    }
  }
}
