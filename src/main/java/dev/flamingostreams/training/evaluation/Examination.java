package dev.flamingostreams.training.evaluation;

/** One way of measuring: asks about exhibits and keeps what was answered. */
interface Examination {

  /** Asks what it wants to know about an exhibit, if anything. */
  void examine(Exhibit exhibit, Interview interview);
}
