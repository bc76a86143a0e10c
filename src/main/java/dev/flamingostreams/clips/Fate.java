package dev.flamingostreams.clips;

/** How a frame ends. Every frame that comes in has exactly one. */
public enum Fate {
  /** Picked by at least one clip. */
  IN_CLIP("in clips"),
  /** Covered by a clip that picked its neighbours, or between windows that do not touch. */
  BETWEEN_SAMPLES("between samples"),
  /** Behind the camera's time by more than the grace. */
  LATE("late"),
  /** Only in windows with too few frames. */
  SHORT_WINDOW("in short windows"),
  /** Not a frame batch, or not an image that can be decoded. */
  UNDECODABLE("undecodable"),
  /** Another frame of the stream has the same capture time. */
  DUPLICATE("duplicate"),
  /** The stream's open windows were full. */
  EXCESS("in excess");

  private final String label;

  Fate(String label) {
    this.label = label;
  }

  /** As in a ledger. */
  public String label() {
    return label;
  }
}
