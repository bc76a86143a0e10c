package dev.flamingostreams.captions;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * Which pending clip may go to the engine next: suspects first, and alone; then the oldest, or,
 * where clips are compared with the last described one of their stream, the oldest whose turn in
 * its stream has come.
 */
final class Departures {
  private final PendingClips clips;
  private final Semaphore suspectsTurn;
  private final int mostInFlight;
  private final boolean inTurn;
  private final Deque<Entry> suspects = new ArrayDeque<>();
  private final Deque<Entry> queued = new ArrayDeque<>();
  private @Nullable Entry suspect;

  /**
   * @param suspectsTurn one permit, shared by all tasks of the topology
   * @param inTurn whether the clips of a stream go one after the other
   */
  Departures(PendingClips clips, Semaphore suspectsTurn, int mostInFlight, boolean inTurn) {
    this.clips = clips;
    this.suspectsTurn = suspectsTurn;
    this.mostInFlight = mostInFlight;
    this.inTurn = inTurn;
  }

  void add(Entry entry) {
    queued.add(entry);
  }

  void addSuspect(Entry entry) {
    suspects.add(entry);
  }

  /**
   * Takes the next one, if there is room for it.
   *
   * @param busy clips that have been taken and have not landed
   */
  @Nullable Entry next(int busy) {
    if (suspect != null) {
      return null;
    }
    if (suspects.isEmpty()) {
      return busy < mostInFlight ? nextQueued() : null;
    }
    if (busy > 0 || !suspectsTurn.tryAcquire()) {
      return null;
    }
    suspect = suspects.removeFirst();
    return suspect;
  }

  void landed(Entry entry) {
    if (entry == suspect) {
      passTurn();
    }
  }

  void passTurn() {
    if (suspect != null) {
      suspect = null;
      suspectsTurn.release();
    }
  }

  private @Nullable Entry nextQueued() {
    if (!inTurn) {
      return queued.pollFirst();
    }
    for (Iterator<Entry> entries = queued.iterator(); entries.hasNext(); ) {
      Entry entry = entries.next();
      if (clips.isNext(entry)) {
        entries.remove();
        return entry;
      }
    }
    return null;
  }
}
