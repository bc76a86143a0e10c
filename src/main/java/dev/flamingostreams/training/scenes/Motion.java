package dev.flamingostreams.training.scenes;

/** What the object does. */
public enum Motion {
  MOVES_LEFT("moves left"),
  MOVES_RIGHT("moves right"),
  MOVES_UP("moves up"),
  MOVES_DOWN("moves down"),
  STAYS_STILL("stays still"),
  GROWS("grows"),
  SHRINKS("shrinks"),
  TURNS_BACK("turns back"),
  APPEARS("appears"),
  DISAPPEARS("disappears"),
  BLINKS("blinks");

  private final String words;

  Motion(String words) {
    this.words = words;
  }

  public String words() {
    return words;
  }

  /** Whether the object's place changes in one direction. */
  public boolean isMove() {
    return this == MOVES_LEFT || this == MOVES_RIGHT || this == MOVES_UP || this == MOVES_DOWN;
  }

  /** Whether it is told by a moment, so that few frames of a clip tell it from others. */
  boolean isTurn() {
    return this == TURNS_BACK || this == APPEARS || this == DISAPPEARS || this == BLINKS;
  }

  /** The motion of a clip played backwards. */
  Motion reversed() {
    return switch (this) {
      case MOVES_LEFT -> MOVES_RIGHT;
      case MOVES_RIGHT -> MOVES_LEFT;
      case MOVES_UP -> MOVES_DOWN;
      case MOVES_DOWN -> MOVES_UP;
      case GROWS -> SHRINKS;
      case SHRINKS -> GROWS;
      case APPEARS -> DISAPPEARS;
      case DISAPPEARS -> APPEARS;
      case STAYS_STILL, TURNS_BACK, BLINKS -> this;
    };
  }
}
