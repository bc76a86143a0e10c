package dev.flamingostreams.engine;

import java.util.List;

/**
 * What a model said of one clip.
 *
 * @param answers one for each turn of a conversation
 * @param scores of the labels of a choice, in their order: sums of log-probabilities
 */
record Reply(List<Answer> answers, float[] scores) {
  static final Reply NONE = new Reply(List.of(), new float[0]);

  Reply {
    answers = List.copyOf(answers);
  }
}
