package dev.flamingostreams.schema;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How far each stream of a topology has been captioned, by its own clock, while this process has
 * it. Of {@value #MOST_STREAMS} streams at most. Thread-safe.
 */
public final class CaptionedUntil {
  public static final int MOST_STREAMS = 1_000;

  private final Map<String, Long> endMicros = new ConcurrentHashMap<>();

  /** A clip of the stream that ends then has been captioned. */
  public void captioned(String stream, long clipEndMicros) {
    if (endMicros.size() < MOST_STREAMS || endMicros.containsKey(stream)) {
      endMicros.put(stream, clipEndMicros);
    }
  }

  /** Another process has the stream now. */
  public void left(String stream) {
    endMicros.remove(stream);
  }

  /** End of the last captioned clip, by stream. */
  public Map<String, Long> endMicros() {
    return Map.copyOf(endMicros);
  }
}
