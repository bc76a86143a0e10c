package dev.flamingostreams.conversion;

import dev.flamingostreams.checkpoints.StoredType;
import dev.flamingostreams.flamingo.CrossAttentionConfig;
import dev.flamingostreams.flamingo.Decoding;
import dev.flamingostreams.flamingo.FlamingoConfig;
import dev.flamingostreams.flamingo.LanguageConfig;
import dev.flamingostreams.flamingo.ResamplerConfig;
import dev.flamingostreams.flamingo.VisionConfig;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Tells people what was imported and what it means for clips.
 *
 * @param names what the vision encoder, the language model and the Flamingo are called
 * @param sources where they are from
 */
record ModelCard(
    FlamingoConfig config,
    List<String> names,
    List<String> sources,
    Map<String, List<Long>> shapes,
    StoredType type) {
  private static final int LEARNT_BY_PAPER = 8;

  String text(String hash) {
    return """
        # %s

        A Flamingo visual language model, imported by `flamingo model import` from checkpoints that others
        released. Its licence is that of its sources: read them before you use it.

        | part | architecture | from | weights |
        |---|---|---|---|
        | vision encoder | %s: %s | `%s` | %s |
        | language model | %s: %s | `%s` | %s |
        | resampler | %s: %s | `%s` | %s |
        | cross-attention | %s: %s | `%s` | %s |

        All in all %s weights, stored as %s.

        ## Clips

        %s

        ## Text

        A prompt writes `%s` for a clip and ends a chunk with `%s`. Texts have at most %d tokens, prompt and
        answer together. By default an answer has at most %d tokens, %s. Captions are never marked
        unsure, because this model's log-probabilities were not calibrated.

        SHA-256 of `weights.safetensors`: `%s`
        """
        .formatted(
            config.id(),
            names.get(0),
            vision(),
            sources.get(0),
            count("vision."),
            names.get(1),
            language(),
            sources.get(1),
            millions(size("language.") - crossAttentionSize()),
            names.get(2),
            resampler(),
            sources.get(2),
            count("resampler."),
            names.get(2),
            crossAttention(),
            sources.get(2),
            millions(crossAttentionSize()),
            count(""),
            type,
            clips(config.resampler().timeEmbeddings()),
            config.tokens().imageText(),
            config.tokens().endText(),
            config.language().context(),
            config.decoding().maxTokens(),
            search(config.decoding()),
            hash);
  }

  private String vision() {
    VisionConfig vision = config.vision();
    return "images of %1$dx%1$d, %2$d tokens of width %3$d"
        .formatted(vision.inputSize(), vision.tokens(), vision.width());
  }

  private String language() {
    LanguageConfig language = config.language();
    return "%d blocks of width %d, %d heads, %d tokens known"
        .formatted(language.layers(), language.width(), language.heads(), language.vocabulary());
  }

  private String resampler() {
    ResamplerConfig resampler = config.resampler();
    return "%d latents, %d layers, %d time embeddings, %d media embeddings"
        .formatted(
            resampler.latents(),
            resampler.layers(),
            resampler.timeEmbeddings(),
            resampler.mediaEmbeddings());
  }

  private String crossAttention() {
    CrossAttentionConfig cross = config.crossAttention();
    return cross.every() == 1
        ? "before every block"
        : "before every %s block, from the %s on"
            .formatted(ordinal(cross.every()), ordinal(cross.first() + 1));
  }

  private static String ordinal(int number) {
    String ending =
        switch (number % 100 / 10 == 1 ? 0 : number % 10) {
          case 1 -> "st";
          case 2 -> "nd";
          case 3 -> "rd";
          default -> "th";
        };
    return number + ending;
  }

  private static String clips(int embeddings) {
    if (embeddings == 0) {
      return """
          This model has no time embeddings: it sees a clip as a set of pictures and does not know their order.
          What a clip shows it can tell; what moves where it cannot."""
          .strip();
    }
    if (embeddings == 1) {
      return "This model has one time embedding, the same for all frames: it does not know their order.";
    }
    String learnt =
        "This model has %d time embeddings. Frames take them by capture time: the first frame of a clip the first, the last the last, those between a linear interpolation of the two nearest."
            .formatted(embeddings);
    return embeddings >= LEARNT_BY_PAPER
        ? learnt + " So clips of any length up to 30 frames can be described."
        : learnt
            + " It can tell no more than %d moments apart, however many frames a clip has."
                .formatted(embeddings);
  }

  private static String search(Decoding decoding) {
    return decoding.beams() == 1
        ? "the likeliest one at each step"
        : "by beam search of width %d with length penalty %s"
            .formatted(decoding.beams(), decoding.lengthPenalty());
  }

  private String count(String prefix) {
    return millions(size(prefix));
  }

  private long size(String prefix) {
    return size(name -> name.startsWith(prefix));
  }

  private long crossAttentionSize() {
    return size(name -> name.contains(".cross_attention."));
  }

  private long size(Predicate<String> names) {
    return shapes.entrySet().stream()
        .filter(entry -> names.test(entry.getKey()))
        .mapToLong(entry -> entry.getValue().stream().reduce(1L, Math::multiplyExact))
        .sum();
  }

  private static String millions(long weights) {
    return weights < 100_000
        ? String.format(Locale.ROOT, "%,d", weights)
        : String.format(Locale.ROOT, "%.1f million", weights / 1e6);
  }
}
