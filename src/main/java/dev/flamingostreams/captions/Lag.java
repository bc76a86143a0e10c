package dev.flamingostreams.captions;

/** Whether one task lags. */
final class Lag {
  private final long afterMillis;
  private boolean lagging;

  Lag(Lagging rule) {
    afterMillis = rule.after().toMillis();
  }

  /**
   * @param waitedMillis for how long the oldest pending clip has been so; 0 if there is none
   */
  void observe(long waitedMillis) {
    lagging = waitedMillis > afterMillis || (lagging && 2 * waitedMillis >= afterMillis);
  }

  boolean isLagging() {
    return lagging;
  }
}
