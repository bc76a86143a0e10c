package dev.flamingostreams.training.scenes;

/** What the object is. */
public enum Kind {
  CIRCLE("circle"),
  SQUARE("square"),
  TRIANGLE("triangle"),
  STAR("star"),
  CAR("car"),
  PERSON("person");

  private final String word;

  Kind(String word) {
    this.word = word;
  }

  public String word() {
    return word;
  }
}
