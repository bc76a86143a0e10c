package dev.flamingostreams.engine;

import dev.flamingostreams.flamingo.FrameTiming;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * How an engine uses the machine.
 *
 * @param threads that compute, the first engine of a JVM decides for all
 * @param niceness that the threads which load, decode and compute have more than the process, on
 *     Linux: 0 to 19, as with {@code nice -n}, or {@link #IDLE}
 * @param maxBatch clips described at once at most; {@link #BY_SIZE}: as many as the engine has
 *     graphs for, or on the CPU 1 with weights over 1 GB
 * @param linger how long a clip may wait for others to share a batch with
 * @param clipTimeout after which a clip that is being described is given up, for each GB of
 *     weights: a model's time grows with them
 * @param cacheBytes kept of frame features at most
 * @param timing by the clock, unless it is to be measured what that contributes
 * @param choice what runs the model
 * @param notes is told what was chosen and what takes long, a line each
 */
public record EngineOptions(
    int threads,
    int niceness,
    int maxBatch,
    Duration linger,
    Duration clipTimeout,
    long cacheBytes,
    FrameTiming timing,
    EngineChoice choice,
    Consumer<String> notes) {
  public static final int BY_SIZE = 0;

  /** As niceness: computes only where no other thread of the machine wants to. */
  public static final int IDLE = 20;

  private static final long MOST_CACHE_BYTES = 256L << 20;

  public EngineOptions {
    require(threads >= 1, "threads", threads);
    require(niceness >= 0, "niceness", niceness);
    require(maxBatch >= BY_SIZE, "maxBatch", maxBatch);
    require(!linger.isNegative(), "linger", linger);
    require(!clipTimeout.isNegative() && !clipTimeout.isZero(), "clipTimeout", clipTimeout);
    require(cacheBytes >= 0, "cacheBytes", cacheBytes);
  }

  /**
   * All cores, as nice as whoever opens it, as many clips as the model's size allows, 5 ms, 60 s
   * for each GB of weights, an eighth of the heap but no more than 256 MB.
   */
  public static EngineOptions defaults() {
    Runtime runtime = Runtime.getRuntime();
    return new EngineOptions(
        runtime.availableProcessors(),
        0,
        BY_SIZE,
        Duration.ofMillis(5),
        Duration.ofSeconds(60),
        Math.min(MOST_CACHE_BYTES, runtime.maxMemory() / 8),
        FrameTiming.CLOCK,
        EngineChoice.auto(),
        note -> {});
  }

  int maxBatch(GraphSizes sizes) {
    return maxBatch == BY_SIZE ? sizes.mostClips() : maxBatch;
  }

  /** For a model of that many bytes; that of a smaller one is not less than for 1 GB. */
  Duration clipTimeout(long weightBytes) {
    return clipTimeout.multipliedBy(Math.max(1, (weightBytes + (1L << 30) - 1) >> 30));
  }

  public EngineOptions withThreads(int value) {
    return new EngineOptions(
        value, niceness, maxBatch, linger, clipTimeout, cacheBytes, timing, choice, notes);
  }

  public EngineOptions withNiceness(int value) {
    return new EngineOptions(
        threads, value, maxBatch, linger, clipTimeout, cacheBytes, timing, choice, notes);
  }

  public EngineOptions withMaxBatch(int value) {
    return new EngineOptions(
        threads, niceness, value, linger, clipTimeout, cacheBytes, timing, choice, notes);
  }

  public EngineOptions withLinger(Duration value) {
    return new EngineOptions(
        threads, niceness, maxBatch, value, clipTimeout, cacheBytes, timing, choice, notes);
  }

  public EngineOptions withClipTimeout(Duration value) {
    return new EngineOptions(
        threads, niceness, maxBatch, linger, value, cacheBytes, timing, choice, notes);
  }

  public EngineOptions withCacheBytes(long value) {
    return new EngineOptions(
        threads, niceness, maxBatch, linger, clipTimeout, value, timing, choice, notes);
  }

  public EngineOptions withTiming(FrameTiming value) {
    return new EngineOptions(
        threads, niceness, maxBatch, linger, clipTimeout, cacheBytes, value, choice, notes);
  }

  public EngineOptions withChoice(EngineChoice value) {
    return new EngineOptions(
        threads, niceness, maxBatch, linger, clipTimeout, cacheBytes, timing, value, notes);
  }

  public EngineOptions withNotes(Consumer<String> value) {
    return new EngineOptions(
        threads, niceness, maxBatch, linger, clipTimeout, cacheBytes, timing, choice, value);
  }

  private static void require(boolean holds, String name, Object value) {
    if (!holds) {
      throw new IllegalArgumentException(name + " is too small: " + value);
    }
  }
}
