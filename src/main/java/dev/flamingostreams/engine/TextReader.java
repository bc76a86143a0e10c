package dev.flamingostreams.engine;

import dev.flamingostreams.checkpoints.Tokenizer;
import dev.flamingostreams.flamingo.FlamingoConfig;
import java.util.Arrays;

/** Tokens and log-probabilities of a graph to a description. */
final class TextReader {
  private final Tokenizer tokenizer;
  private final int endToken;
  private final double unsureBelow;

  TextReader(Tokenizer tokenizer, FlamingoConfig config) {
    this.tokenizer = tokenizer;
    this.endToken = config.tokens().end();
    this.unsureBelow = config.unsureBelow();
  }

  Description read(ClipJob.Outcome outcome) {
    int[] tokens = outcome.tokens();
    int length = 0;
    while (length < tokens.length && tokens[length] != endToken) {
      length++;
    }
    int counted = Math.min(length + 1, tokens.length);
    double sum = 0;
    for (int i = 0; i < counted; i++) {
      sum += outcome.logProbabilities()[i];
    }
    double mean = sum / counted;
    return new Description(
        tokenizer.decode(Arrays.copyOf(tokens, length)),
        mean,
        mean < unsureBelow,
        outcome.queueNanos() / 1000,
        outcome.visionNanos() / 1000,
        outcome.decodeNanos() / 1000);
  }
}
