package dev.flamingostreams.flamingo;

import dev.flamingostreams.tensor.Backend;
import dev.flamingostreams.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * Texts being continued: the prompt at once, then one token a step. Keys and values are kept in a
 * cache of fixed shape, so that it can be the state of a loop; the new row is written by position.
 */
final class Continuation {
  private final LanguageModel model;
  private final Flamingo.Prompt prompt;
  private final LanguageModel.Media media;
  private final int copies;
  private final int total;
  private final Places places;
  private final Places.Steps steps;
  private final LanguageModel.Media lastMedia;
  private final Backend backend;

  /**
   * @param media what the prompt's tokens see, and what those to come see
   * @param copies of each prompt that are continued apart
   * @param length tokens to come at most
   */
  Continuation(
      LanguageModel model,
      Flamingo.Prompt prompt,
      LanguageModel.Media media,
      int copies,
      int length,
      Backend backend) {
    this.model = model;
    this.prompt = prompt;
    this.media = media;
    this.copies = copies;
    this.total = prompt.length() + length;
    this.places = model.places(copied(prompt.start()));
    this.steps = places.steps(prompt.length(), Math.max(1, length), total);
    this.lastMedia = last(media, prompt.length());
    this.backend = backend;
  }

  /** New tokens see what the prompt's last token does. */
  private static LanguageModel.Media last(LanguageModel.Media media, int length) {
    return media.withText(
        media.bias().slice(2, length - 1, length), media.seesMedia().slice(1, length - 1, length));
  }

  /**
   * After the prompt.
   *
   * @param logits of the next token, {@code [R, V]}
   * @param cache keys and values of each layer, {@code [R, G, L, d]}
   */
  record Start(Tensor logits, List<Tensor> cache) {}

  Start start() {
    int length = prompt.length();
    List<Tensor> cache = new ArrayList<>();
    Tensor hidden =
        model.forward(
            prompt.tokens(),
            media,
            model.places(prompt.start()).range(0, length, length),
            (layer, own) -> {
              cache.add(copied(own.keys()));
              cache.add(copied(own.values()));
              return own;
            });
    Tensor logits = model.logits(hidden.slice(1, length - 1, length));
    long vocabulary = logits.shape()[2];
    return new Start(copied(logits).reshape(logits.shape()[0] * copies, vocabulary), cache);
  }

  /** {@code [B, ...] -> [B·copies, ...]}, copies side by side. */
  Tensor copied(Tensor x) {
    if (copies == 1) {
      return x;
    }
    long[] s = x.shape();
    long[] single = new long[s.length + 1];
    System.arraycopy(s, 1, single, 2, s.length - 1);
    single[0] = s[0];
    single[1] = 1;
    long[] many = single.clone();
    many[1] = copies;
    long[] flat = s.clone();
    flat[0] *= copies;
    return x.reshape(single).expand(many).reshape(flat);
  }

  /** The cache with room for the tokens to come. */
  List<Tensor> padded(List<Tensor> cache) {
    List<Tensor> all = new ArrayList<>();
    for (Tensor one : cache) {
      long[] s = one.shape();
      long[] rest = {s[0], s[1], total - s[2], s[3]};
      Tensor zero = backend.constant(new float[] {0}, 1, 1, 1, 1);
      all.add(backend.concat(List.of(one, zero.expand(rest)), 2));
    }
    return all;
  }

  /**
   * Reads one more token of each text.
   *
   * @param token ints {@code [R, 1]}
   * @param step int {@code [1]}: how many tokens after the prompt it is
   * @param cache padded
   * @param next takes the cache with this token in it
   * @return logits of the token after it, {@code [R, V]}
   */
  Tensor read(Tensor token, Tensor step, List<Tensor> cache, List<Tensor> next) {
    Tensor at = step.add(new Constants(backend).of(prompt.length()));
    Tensor hidden =
        model.forward(
            token,
            lastMedia,
            steps.at(step),
            (layer, own) -> {
              Tensor keys = cache.get(2 * layer).put(2, at, own.keys());
              Tensor values = cache.get(2 * layer + 1).put(2, at, own.values());
              next.add(keys);
              next.add(values);
              return new Attention.KeyValue(keys, values);
            });
    long[] s = hidden.shape();
    return model.logits(hidden.reshape(s[0], s[2]));
  }

  /**
   * Reads texts that are known as a whole.
   *
   * @param tokens ints {@code [R, N]}
   * @param cache as {@link #start} gave it
   * @return logits of the token after each, {@code [R, N, V]}
   */
  Tensor readAll(Tensor tokens, List<Tensor> cache) {
    int length = (int) tokens.shape()[1];
    Tensor hidden =
        model.forward(
            tokens,
            lastMedia,
            places.range(prompt.length(), length, total),
            (layer, own) ->
                new Attention.KeyValue(
                    backend.concat(List.of(cache.get(2 * layer), own.keys()), 2),
                    backend.concat(List.of(cache.get(2 * layer + 1), own.values()), 2)));
    return model.logits(hidden);
  }
}
