package dev.flamingostreams.engine;

import dev.flamingostreams.flamingo.Decoding;
import org.jspecify.annotations.Nullable;

/**
 * How a task wants its texts continued; what is null is as the model's config says.
 *
 * @param maxTokens new tokens of each answer at most, its end token included
 * @param minTokens new tokens before the end token may come
 * @param beams continuations kept at each step; 1 is greedy
 * @param lengthPenalty the exponent of the length that a beam's log-probability is divided by
 * @param noRepeatNgram no n tokens in a row come twice; 0: they may
 */
public record DecodingOptions(
    @Nullable Integer maxTokens,
    @Nullable Integer minTokens,
    @Nullable Integer beams,
    @Nullable Double lengthPenalty,
    @Nullable Integer noRepeatNgram) {
  public static final DecodingOptions NONE = new DecodingOptions(null, null, null, null, null);

  Decoding over(Decoding model) {
    try {
      Decoding decoding = maxTokens == null ? model : model.withMaxTokens(maxTokens);
      if (minTokens != null && minTokens > decoding.maxTokens()) {
        throw new TaskException(
            "%d tokens are wanted at least, %d may follow; ask for fewer or let more follow"
                .formatted(minTokens, decoding.maxTokens()));
      }
      decoding = minTokens == null ? decoding : decoding.withMinTokens(minTokens);
      decoding = beams == null ? decoding : decoding.withBeams(beams);
      decoding = lengthPenalty == null ? decoding : decoding.withLengthPenalty(lengthPenalty);
      return noRepeatNgram == null ? decoding : decoding.withNoRepeatNgram(noRepeatNgram);
    } catch (IllegalArgumentException e) {
      throw new TaskException(e.getMessage(), e);
    }
  }
}
