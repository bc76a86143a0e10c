package dev.flamingostreams.training.scenes;

/** Which combinations of colour, kind and motion scenes are drawn from. */
public enum Split {
  ALL,
  /** Those that training draws from. */
  SEEN,
  /** Those that never occur in training. */
  UNSEEN;

  boolean admits(Combination combination) {
    return this == ALL || combination.heldOut() == (this == UNSEEN);
  }
}
