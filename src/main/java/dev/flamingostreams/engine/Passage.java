package dev.flamingostreams.engine;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * Text as a model reads it.
 *
 * @param tokens {@code [L]}
 * @param textTime {@code [L]}: how many media begin at or before each token
 */
record Passage(int[] tokens, int[] textTime) {

  /** Text in which every image token begins a media. */
  static Passage of(int[] tokens, IntPredicate isImage) {
    int[] textTime = new int[tokens.length];
    int media = 0;
    for (int i = 0; i < tokens.length; i++) {
      media += isImage.test(tokens[i]) ? 1 : 0;
      textTime[i] = media;
    }
    return new Passage(tokens.clone(), textTime);
  }

  int length() {
    return tokens.length;
  }

  int media() {
    return textTime.length == 0 ? 0 : textTime[textTime.length - 1];
  }

  /** With more text that follows the same media, even if a model has written an image token. */
  Passage plus(int... more) {
    int[] all = Arrays.copyOf(tokens, tokens.length + more.length);
    System.arraycopy(more, 0, all, tokens.length, more.length);
    int[] times = Arrays.copyOf(textTime, all.length);
    Arrays.fill(times, textTime.length, times.length, media());
    return new Passage(all, times);
  }

  /**
   * The inputs of a graph: a row for each passage, padded at its beginning.
   *
   * @param length of the rows, at least that of the longest passage
   */
  static List<Array> inputs(List<Passage> rows, int length, int pad) {
    int[] tokens = new int[rows.size() * length];
    int[] times = new int[rows.size() * length];
    int[] start = new int[rows.size()];
    Arrays.fill(tokens, pad);
    for (int row = 0; row < rows.size(); row++) {
      Passage passage = rows.get(row);
      start[row] = length - passage.length();
      int to = row * length + start[row];
      System.arraycopy(passage.tokens, 0, tokens, to, passage.length());
      System.arraycopy(passage.textTime, 0, times, to, passage.length());
    }
    return List.of(
        Array.of(Graphs.PROMPT, tokens, rows.size(), length),
        Array.of(Graphs.TEXT_TIME, times, rows.size(), length),
        Array.of(Graphs.PROMPT_START, start, rows.size(), 1));
  }
}
