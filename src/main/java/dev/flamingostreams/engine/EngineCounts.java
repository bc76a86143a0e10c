package dev.flamingostreams.engine;

import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;

/** Counts for {@link EngineUsage}. Thread-safe. */
final class EngineCounts {
  private static final int SIZES = 64;

  private final LongAdder asked = new LongAdder();
  private final LongAdder found = new LongAdder();
  private final LongAdder encoded = new LongAdder();
  private final LongAdder visionNanos = new LongAdder();
  private final LongAdder clips = new LongAdder();
  private final LongAdder batches = new LongAdder();
  private final AtomicLongArray bySize = new AtomicLongArray(SIZES);

  /** Clips asked for frames, of which some did not have to be encoded for them. */
  void asked(int frames, int known) {
    asked.add(frames);
    found.add(known);
  }

  void encoded(int frames, long nanos) {
    encoded.add(frames);
    visionNanos.add(nanos);
  }

  void batch(int size) {
    clips.add(size);
    batches.increment();
    bySize.incrementAndGet(Math.min(size, SIZES) - 1);
  }

  EngineUsage usage(FramePool pool) {
    return new EngineUsage(
        asked.sum(),
        found.sum(),
        encoded.sum(),
        visionNanos.sum(),
        pool.cache().bytes(),
        pool.cache().maxBytes(),
        pool.waiting().dropped(),
        clips.sum(),
        batches.sum(),
        IntStream.range(0, SIZES).mapToObj(bySize::get).toList());
  }
}
