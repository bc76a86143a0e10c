package dev.flamingostreams.engine;

import java.nio.Buffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Features {@code [S, D]} by frame, those that cannot be decoded with the reason. */
final class EncodedFrames {
  private final Map<FrameKey, Buffer> features = new HashMap<>();
  private final Map<FrameKey, ClipException> faults = new HashMap<>();
  private final Map<FrameKey, Long> nanos = new HashMap<>();

  void put(FrameKey key, Buffer value) {
    features.put(key, value);
  }

  void fail(FrameKey key, ClipException fault) {
    faults.put(key, fault);
  }

  void spent(FrameKey key, long value) {
    nanos.put(key, value);
  }

  /** Features of a clip's frames, {@code [T, S, D]}. */
  Buffer clip(List<FrameKey> keys) throws ClipException {
    Buffer first = frame(keys, 0);
    Buffer clip = Features.room(first, keys.size() * first.remaining());
    for (int i = 0; i < keys.size(); i++) {
      Features.put(clip, frame(keys, i));
    }
    return clip.flip();
  }

  private Buffer frame(List<FrameKey> keys, int i) throws ClipException {
    ClipException fault = faults.get(keys.get(i));
    if (fault != null) {
      throw new ClipException(
          fault.reason(), "frame %d of the clip: %s".formatted(i, fault.getMessage()), fault);
    }
    return Objects.requireNonNull(features.get(keys.get(i)));
  }

  /** Time spent on these frames; each is counted once. */
  long takeNanos(List<FrameKey> keys) {
    long sum = 0;
    for (FrameKey key : keys) {
      Long spent = nanos.remove(key);
      sum += spent == null ? 0 : spent;
    }
    return sum;
  }
}
