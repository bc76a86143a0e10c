package dev.flamingostreams.flamingo;

import java.util.List;
import java.util.regex.Pattern;

/**
 * The shape of a model, as in its {@code config.json}.
 *
 * @param architecture {@value #ARCHITECTURE}
 * @param id the model's name, which signs its captions
 * @param decoding how it describes unless a topology says otherwise
 * @param unsureBelow captions with a lower mean log-probability are marked unsure; {@link
 *     #NEVER_UNSURE} in a model whose mark was never calibrated
 * @param unknownTexts what the model says of what it does not know; captions that say it are marked
 *     unsure however likely they are. A file may leave it out: none
 */
public record FlamingoConfig(
    String architecture,
    String id,
    VisionConfig vision,
    ResamplerConfig resampler,
    CrossAttentionConfig crossAttention,
    LanguageConfig language,
    SpecialTokens tokens,
    Decoding decoding,
    double unsureBelow,
    List<String> unknownTexts) {
  public static final String ARCHITECTURE = "flamingo";
  public static final double NEVER_UNSURE = -1e9;

  private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{C}\\p{Zl}\\p{Zp}]");
  private static final int MOST_UNKNOWN_TEXTS = 20;
  private static final int MOST_CHARACTERS = 200;

  public FlamingoConfig {
    unknownTexts = List.copyOf(unknownTexts);
  }

  /** Throws {@link IllegalArgumentException} naming the first key that cannot be. */
  public void validate() {
    Check.that(ARCHITECTURE.equals(architecture), "architecture", architecture, ARCHITECTURE);
    Check.that(isPrintable(id), "id", "'" + id + "'", "printable text");
    Check.that(Double.isFinite(unsureBelow), "unsureBelow", unsureBelow, "a number");
    validateUnknownTexts();
    vision.validate();
    resampler.validate();
    language.validate();
    crossAttention.validate(language.layers());
    tokens.validate(language.vocabulary());
  }

  private void validateUnknownTexts() {
    int count = unknownTexts.size();
    Check.that(
        count <= MOST_UNKNOWN_TEXTS,
        "unknownTexts",
        count + " texts",
        "at most " + MOST_UNKNOWN_TEXTS);
    for (int i = 0; i < count; i++) {
      String key = "unknownTexts[%d]".formatted(i);
      String text = unknownTexts.get(i);
      Check.that(
          text.length() <= MOST_CHARACTERS,
          key,
          text.length() + " characters",
          "at most " + MOST_CHARACTERS);
      // what a model says has no space around it, so a text with some would never be met
      Check.that(
          isPrintable(text) && text.equals(text.strip()),
          key,
          "'" + text + "'",
          "printable text without space around it");
    }
  }

  private static boolean isPrintable(String text) {
    return !text.isBlank() && !UNPRINTABLE.matcher(text).find();
  }
}
