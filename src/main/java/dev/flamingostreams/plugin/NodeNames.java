package dev.flamingostreams.plugin;

/** The names of nodes; stores and internal topics follow from them. */
record NodeNames(String prefix) {
  String frames() {
    return prefix + "-frames";
  }

  String streams() {
    return prefix + "-streams";
  }

  String clips() {
    return prefix + "-clips";
  }

  String captions() {
    return prefix + "-captions";
  }

  String described() {
    return prefix + "-described";
  }

  String captionsSink() {
    return prefix + "-captions-topic";
  }

  String alerts() {
    return prefix + "-alerts";
  }

  String alertsSink() {
    return prefix + "-alerts-topic";
  }

  String deadLetters() {
    return prefix + "-dead-letters";
  }

  String deadLettersSink() {
    return prefix + "-dead-letters-topic";
  }

  /** Where the DSL brings what the first stages lost together. */
  String lostFrames() {
    return prefix + "-lost-frames";
  }

  /** Where the DSL brings that and lost clips together. */
  String lost() {
    return prefix + "-lost";
  }
}
