package dev.flamingostreams.training.evaluation;

import java.util.List;

/** Kinds of clips. */
enum Group {
  ONE("one", "scenes with one object"),
  TWO("two", "scenes with two objects"),
  UNSEEN_ONE("one", "scenes with one object, never trained on"),
  UNSEEN_TWO("two", "scenes with two objects, one never trained on"),
  UNKNOWN("unknown", "scenes without a known object"),
  NOISE("noise", "clips of noise"),
  BLANK("blank", "blank clips"),
  FOOTAGE("footage", "windows of recordings");

  static final List<Group> KNOWN = List.of(ONE, TWO);
  static final List<Group> NOT_KNOWN = List.of(UNKNOWN, NOISE, BLANK, FOOTAGE);

  private final String key;
  private final String words;

  Group(String key, String words) {
    this.key = key;
    this.words = words;
  }

  /** Key of the report. */
  String key() {
    return key;
  }

  /** For people. */
  String words() {
    return words;
  }
}
