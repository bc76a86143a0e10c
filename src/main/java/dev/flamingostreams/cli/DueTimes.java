package dev.flamingostreams.cli;

import dev.flamingostreams.frames.Camera;
import dev.flamingostreams.frames.IngestProgress;
import dev.flamingostreams.frames.Outcome;
import dev.flamingostreams.schema.Caption;
import java.util.Map;
import java.util.NavigableMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * When each clip was due: when the frame was sent by which its window closes. And how long its
 * caption took from then on.
 */
final class DueTimes implements IngestProgress {
  private final long graceMicros;
  private final Map<String, NavigableMap<Long, Long>> sent = new ConcurrentHashMap<>();

  DueTimes(long graceMicros) {
    this.graceMicros = graceMicros;
  }

  @Override
  public void sent(Camera camera, long frames, long videoMicros) {
    times(camera.id()).put(videoMicros, System.nanoTime());
  }

  /** The end of a stream closes all of its windows. */
  @Override
  public void ended(Outcome outcome) {
    times(outcome.camera().id()).put(Long.MAX_VALUE, System.nanoTime());
  }

  /** From when the caption's clip was due until {@code nanos}; 0 if it came before. */
  long latencyNanos(Caption caption, long nanos) {
    Map.Entry<Long, Long> closing =
        times(caption.stream()).ceilingEntry(caption.endMicros() + graceMicros);
    return closing == null ? 0 : Math.max(0, nanos - closing.getValue());
  }

  private NavigableMap<Long, Long> times(String stream) {
    return sent.computeIfAbsent(stream, key -> new ConcurrentSkipListMap<>());
  }
}
