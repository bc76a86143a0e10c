package dev.flamingostreams.frames;

import dev.flamingostreams.schema.Frame;
import dev.flamingostreams.schema.FrameBatch;
import dev.flamingostreams.schema.FrameBatches;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Gathers frames until a batch is full or its oldest frame has waited for long enough. */
final class FrameBatcher {
  /** Of an encoded batch. */
  static final int MAX_BYTES = 900_000;

  static final long MAX_WAIT_NANOS = 250_000_000;

  private static final int OVERHEAD = 64;
  private static final int OVERHEAD_PER_FRAME = 40;

  private final List<Frame> frames = new ArrayList<>();
  private int bytes = OVERHEAD;
  private long since;

  /**
   * Adds a frame and gives the batch that had no room for it.
   *
   * @throws VideoException if the frame alone is too large for a batch
   */
  @Nullable FrameBatch add(Frame frame, long nowNanos) throws VideoException {
    long size = (long) frame.image().length + OVERHEAD_PER_FRAME;
    if (size + OVERHEAD > MAX_BYTES) {
      throw new VideoException(
          "an image of %d bytes is larger than a batch of %d may be; lower size or quality"
              .formatted(frame.image().length, MAX_BYTES));
    }
    boolean full = bytes + size > MAX_BYTES || frames.size() == FrameBatches.MAX_FRAMES;
    FrameBatch batch = full ? drain() : null;
    if (frames.isEmpty()) {
      since = nowNanos;
    }
    frames.add(frame);
    bytes += (int) size;
    return batch;
  }

  boolean due(long nowNanos) {
    return !frames.isEmpty() && nowNanos - since >= MAX_WAIT_NANOS;
  }

  /** What was gathered; null if there is nothing. */
  @Nullable FrameBatch drain() {
    if (frames.isEmpty()) {
      return null;
    }
    FrameBatch batch = FrameBatch.of(frames);
    frames.clear();
    bytes = OVERHEAD;
    return batch;
  }
}
