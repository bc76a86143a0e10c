package dev.flamingostreams.audit;

/** An image or a record that cannot be decoded and must be a dead letter. */
final class DueReject {
  final Place at;
  final long atMillis;

  /** Of an image; empty for a whole record. */
  final String captureMicros;

  /** A batch may have several images of the same time. */
  int times;

  DueReject(Place at, String captureMicros, long atMillis) {
    this.at = at;
    this.captureMicros = captureMicros;
    this.atMillis = atMillis;
  }

  static String key(String origin, String captureMicros) {
    return origin + "/" + captureMicros;
  }

  @Override
  public String toString() {
    return captureMicros.isEmpty() ? at.toString() : at + ", frame " + captureMicros;
  }
}
