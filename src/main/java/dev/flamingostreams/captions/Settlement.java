package dev.flamingostreams.captions;

import static java.util.Objects.requireNonNull;

import dev.flamingostreams.captions.Unchanged.Then;
import dev.flamingostreams.engine.ClipException;
import dev.flamingostreams.engine.Description;
import dev.flamingostreams.engine.Signature;
import dev.flamingostreams.schema.Caption;
import dev.flamingostreams.schema.Ledger;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Gives each answered clip its one record, and counts it. */
final class Settlement {
  private final Outlet outlet;
  private final LastDescriptions last;
  private final Then unchanged;
  private final Ledger.Entries ledger;
  private final LagMetrics metrics;
  private boolean settled;

  Settlement(
      Outlet outlet,
      LastDescriptions last,
      Then unchanged,
      Ledger.Entries ledger,
      LagMetrics metrics) {
    this.outlet = outlet;
    this.last = last;
    this.unchanged = unchanged;
    this.ledger = ledger;
    this.metrics = metrics;
  }

  /** Whether anything was settled since this was asked last: consumers wait for its commit. */
  boolean takeSettled() {
    boolean any = settled;
    settled = false;
    return any;
  }

  void settle(PendingClip pending, CompletableFuture<Description> answer, long nowMillis) {
    settled = true;
    @Nullable Throwable failure = answer.handle((description, thrown) -> thrown).join();
    Refusal refusal = pending.refusal();
    if (failure != null) {
      outlet.deadLetter(pending, failure);
      ledger.count(refusal == null ? outcome(failure) : refusal.outcome(), 1);
    } else if (answer.join().unchanged()) {
      repeat(pending, answer.join(), nowMillis);
    } else {
      caption(pending, answer.join(), nowMillis);
    }
  }

  private static String outcome(Throwable failure) {
    return ClipException.reasonOf(failure) == ClipException.Reason.DISABLED
        ? CaptionsStage.DISABLED
        : CaptionsStage.DEAD_LETTERED;
  }

  private void caption(PendingClip pending, Description description, long nowMillis) {
    Caption caption = outlet.caption(pending, description);
    Signature signature = description.signature();
    if (signature != null) {
      last.put(pending.clip(), caption, signature);
    }
    count(CaptionsStage.CAPTIONED, pending, nowMillis);
  }

  private void repeat(PendingClip pending, Description description, long nowMillis) {
    if (unchanged == Then.OMIT) {
      count(CaptionsStage.UNCHANGED, pending, nowMillis);
      return;
    }
    LastDescription earlier = requireNonNull(last.of(pending.clip()), "it was compared with one");
    outlet.repeat(pending, earlier.caption(), description);
    count(CaptionsStage.CAPTIONED, pending, nowMillis);
  }

  private void count(String outcome, PendingClip pending, long nowMillis) {
    ledger.count(outcome, 1);
    metrics.answered(pending, nowMillis);
  }
}
