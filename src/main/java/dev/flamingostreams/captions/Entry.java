package dev.flamingostreams.captions;

import dev.flamingostreams.engine.Description;
import dev.flamingostreams.schema.Clip;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A pending clip in memory: queued, then armed, then flying, then settled. */
final class Entry {
  final long number;
  PendingClip pending;

  /** Null until the clip flies; then done when its caption, or its failure, is known. */
  @Nullable CompletableFuture<Description> answer;

  /** The round in which its attempt was stored; it may fly in a later one. */
  long armedInRound;

  /** Whether the store does not know this state of it yet. */
  boolean unsaved;

  long bytes;
  long flyingSinceMillis;

  Entry(long number, PendingClip pending) {
    this.number = number;
    this.pending = pending;
  }

  Clip clip() {
    return pending.clip();
  }

  boolean isSettled() {
    return pending.settled();
  }

  boolean isAnswered() {
    return answer != null && answer.isDone();
  }

  boolean isRefused() {
    return pending.refusal() != null;
  }

  void fail(Throwable reason) {
    answer = CompletableFuture.failedFuture(reason);
  }
}
