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
}
