package dev.flamingostreams.flamingo;

/**
 * How a text is continued.
 *
 * @param maxTokens new tokens at most, the end token included
 * @param minTokens new tokens before the end token may come
 * @param beams continuations kept at each step; 1 is greedy, the paper has 3
 * @param lengthPenalty the exponent of the length that a finished beam's log-probability is divided
 *     by: 0 prefers short texts, 1 compares means
 * @param noRepeatNgram no n tokens in a row come twice, those of the prompt included; 0: they may
 */
public record Decoding(
    int maxTokens, int minTokens, int beams, double lengthPenalty, int noRepeatNgram) {

  public Decoding {
    Check.range("decoding.maxTokens", maxTokens, 1, 4096);
    Check.range("decoding.minTokens", minTokens, 0, maxTokens);
    Check.range("decoding.beams", beams, 1, 64);
    Check.that(Math.abs(lengthPenalty) <= 10, "decoding.lengthPenalty", lengthPenalty, "-10 to 10");
    Check.range("decoding.noRepeatNgram", noRepeatNgram, 0, 100);
  }

  /** Takes the likeliest token at each step. */
  public static Decoding greedy(int maxTokens) {
    return new Decoding(maxTokens, 0, 1, 1, 0);
  }

  public Decoding withMaxTokens(int value) {
    return new Decoding(value, Math.min(minTokens, value), beams, lengthPenalty, noRepeatNgram);
  }

  public Decoding withMinTokens(int value) {
    return new Decoding(maxTokens, value, beams, lengthPenalty, noRepeatNgram);
  }

  public Decoding withBeams(int value) {
    return new Decoding(maxTokens, minTokens, value, lengthPenalty, noRepeatNgram);
  }

  public Decoding withLengthPenalty(double value) {
    return new Decoding(maxTokens, minTokens, beams, value, noRepeatNgram);
  }

  public Decoding withNoRepeatNgram(int value) {
    return new Decoding(maxTokens, minTokens, beams, lengthPenalty, value);
  }
}
