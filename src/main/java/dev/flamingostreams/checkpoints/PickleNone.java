package dev.flamingostreams.checkpoints;

/** Python's {@code None}. */
enum PickleNone {
  NONE
}
