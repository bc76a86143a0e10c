package dev.flamingostreams.engine;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Which frames are being encoded by some thread, so that no other does the same. Whoever has
 * claimed frames encodes them before it waits for those of others: so two threads never wait for
 * each other. A claim that is too old, of a thread that hangs, no longer counts. Thread-safe.
 */
final class FrameClaims {
  private final long patienceNanos;
  private final Map<FrameKey, Long> since = new HashMap<>();

  FrameClaims(Duration patience) {
    patienceNanos = patience.toNanos();
  }

  /** Those of the frames that are the caller's to encode, until it releases them. */
  synchronized Set<FrameKey> claim(Set<FrameKey> keys) {
    Set<FrameKey> claimed = new HashSet<>();
    for (FrameKey key : keys) {
      if (nanosLeft(key) <= 0) {
        since.put(key, System.nanoTime());
        claimed.add(key);
      }
    }
    return claimed;
  }

  synchronized void release(Set<FrameKey> keys) {
    keys.forEach(since::remove);
    notifyAll();
  }

  /** Waits until one of the frames can be claimed; not at all if there are none. */
  synchronized void awaitAny(Set<FrameKey> keys) {
    try {
      while (true) {
        long left = keys.stream().mapToLong(this::nanosLeft).min().orElse(0);
        if (left <= 0) {
          return;
        }
        wait(left / 1_000_000 + 1);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while another thread encodes a frame", e);
    }
  }

  synchronized boolean contains(FrameKey key) {
    return nanosLeft(key) > 0;
  }

  private long nanosLeft(FrameKey key) {
    Long start = since.get(key);
    return start == null ? 0 : patienceNanos - (System.nanoTime() - start);
  }
}
