package dev.flamingostreams.captions;

import dev.flamingostreams.captions.CaptionLimits.Overload;
import dev.flamingostreams.engine.Description;
import dev.flamingostreams.schema.Clip;
import dev.flamingostreams.schema.Ledger;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.streams.processor.api.ProcessorContext;

/** Takes clips as pending, sends them to the engine, drains what is described. */
final class CaptionsTask {
  private static final long LISTEN_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  private final ProcessorContext<Object, Object> context;
  private final CaptionLimits limits;
  private final PendingClips clips;
  private final Launcher launcher;
  private final Settlement settlement;
  private final Lookout lookout;
  private final Bell bell;
  private final Patience patience;
  private final Pace pace;
  private final Landing landing;
  private final Ledger.Entries ledger;
  private final long mostWaitNanos;

  CaptionsTask(
      ProcessorContext<Object, Object> context,
      CaptionLimits limits,
      PendingClips clips,
      Launcher launcher,
      Settlement settlement,
      Lookout lookout,
      Bell bell,
      Patience patience,
      Pace pace,
      Landing landing,
      Ledger.Entries ledger) {
    this.context = context;
    this.limits = limits;
    this.clips = clips;
    this.launcher = launcher;
    this.settlement = settlement;
    this.lookout = lookout;
    this.bell = bell;
    this.patience = patience;
    this.pace = pace;
    this.landing = landing;
    this.ledger = ledger;
    long waitMillis =
        limits.maxWait().isZero()
            ? Patience.thirdOfTransaction(context.appConfigs())
            : limits.maxWait().toMillis();
    mostWaitNanos = TimeUnit.MILLISECONDS.toNanos(waitMillis);
    ledger.carried(clips.unsettled());
  }

  void accept(Clip clip) {
    pace.record(context.currentSystemTimeMs());
    ledger.in(1);
    Entry entry = clips.add(clip, context.currentSystemTimeMs());
    if (limits.overload() == Overload.SKIP && clips.waiting() > limits.maxPending()) {
      clips.refuse(entry, Refusal.OVERLOADED);
    } else {
      launcher.queue(entry);
    }
    advance(context.currentSystemTimeMs());
    clips.saveNew(clip.stream());
    if (limits.overload() == Overload.WAIT) {
      waitForRoom();
    }
  }

  void punctuate() {
    patience.renew();
    advance(context.currentSystemTimeMs());
    if (landing.hasBegun()) {
      launcher.withdraw(landing.isOver());
      context.commit();
    } else {
      askForCommit(context.currentSystemTimeMs());
    }
    landing.report(context.taskId(), launcher.aloft());
    launcher.endRound();
  }

  void close() {
    launcher.abandon();
    landing.leave(context.taskId());
    lookout.close();
    ledger.close();
  }

  private void askForCommit(long nowMillis) {
    if (pace.mayAsk(nowMillis)) {
      boolean armed = launcher.arm();
      if (settlement.takeSettled() || armed) {
        context.commit();
        pace.asked(nowMillis);
      }
    }
  }

  private void advance(long nowMillis) {
    lookout.look(clips, nowMillis);
    launcher.advance(nowMillis);
    clips.streams().forEach(stream -> drain(stream, nowMillis));
  }

  private void drain(String stream, long nowMillis) {
    for (Entry entry : List.copyOf(clips.of(stream))) {
      CompletableFuture<Description> answer = entry.answer;
      if (!entry.isSettled()) {
        if (answer == null || !answer.isDone()) {
          break; // captions of a stream leave in order
        }
        settlement.settle(entry.pending, answer, nowMillis);
        clips.settle(entry);
      }
    }
    clips.release(stream);
  }

  // The store is the queue and nothing is dropped; the wait slows the input to what is described.
  // Without a clip in flight a longer one would be in vain: what is armed flies after a commit.
  private void waitForRoom() {
    long now = context.currentSystemTimeMs(); // stands still until the next record
    while (clips.waiting() > limits.maxPending()
        && patience.left(mostWaitNanos) > 0
        && !Thread.currentThread().isInterrupted()) {
      long start = System.nanoTime();
      bell.listen(Math.min(patience.left(mostWaitNanos), LISTEN_NANOS));
      long waited = System.nanoTime() - start;
      patience.spend(waited);
      now += TimeUnit.NANOSECONDS.toMillis(waited);
      advance(now);
      context.commit();
      if (!launcher.isFlying()) {
        return;
      }
    }
  }
}
