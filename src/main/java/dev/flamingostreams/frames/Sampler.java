package dev.flamingostreams.frames;

/**
 * Picks for every point of the grid {@code k / rate} the frame nearest to it: a pure function of
 * the time stamps, decided one frame later, when the next one's time is known.
 */
final class Sampler {
  private final double pointsPerMicro;
  private boolean started;
  private long previous;
  private double from;

  Sampler(double rate) {
    pointsPerMicro = rate / 1e6;
  }

  /** Whether the frame offered before this one is picked; times increase. */
  boolean offer(long micros) {
    boolean picked = started && covers((previous + micros) / 2.0);
    if (!started) {
      from = micros - 1 / pointsPerMicro;
    }
    started = true;
    previous = micros;
    return picked;
  }

  /** Whether the last frame is picked: it reaches as far forward as it does back. */
  boolean end() {
    return started && covers(Math.max((double) previous, 2.0 * previous - from));
  }

  private boolean covers(double to) {
    boolean covers = Math.floor(to * pointsPerMicro) > Math.floor(from * pointsPerMicro);
    from = to;
    return covers;
  }
}
