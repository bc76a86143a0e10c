package dev.flamingostreams.schema;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How far each stream of a topology has come at one stage, by its own clock, while this process has
 * it. Of {@value #MOST_STREAMS} streams at most. Thread-safe.
 */
public final class StreamTimes {
  public static final int MOST_STREAMS = 1_000;

  private final Map<String, Long> micros = new ConcurrentHashMap<>();

  /** One task's way to tell. */
  public Entries entries() {
    return new Entries();
  }

  /** How far each stream has come. */
  public Map<String, Long> micros() {
    return Map.copyOf(micros);
  }

  /** Not thread-safe. */
  public final class Entries implements AutoCloseable {
    private final Set<String> streams = new HashSet<>();

    private Entries() {}

    public void reached(String stream, long time) {
      if (micros.size() < MOST_STREAMS || micros.containsKey(stream)) {
        micros.put(stream, time);
        streams.add(stream);
      }
    }

    /** The stream has ended. */
    public void ended(String stream) {
      if (streams.remove(stream)) {
        micros.remove(stream);
      }
    }

    /** Another task has the streams now, perhaps of another process. */
    @Override
    public void close() {
      micros.keySet().removeAll(streams);
      streams.clear();
    }
  }
}
