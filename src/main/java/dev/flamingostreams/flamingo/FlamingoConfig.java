package dev.flamingostreams.flamingo;

import java.util.regex.Pattern;

/**
 * The shape of a model, as in its {@code config.json}.
 *
 * @param architecture {@value #ARCHITECTURE}
 * @param id the model's name, which signs its captions
 * @param decoding how it describes unless a topology says otherwise
 * @param unsureBelow captions with a lower mean log-probability are marked unsure; {@link
 *     #NEVER_UNSURE} in a model whose mark was never calibrated
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
    double unsureBelow) {
  public static final String ARCHITECTURE = "flamingo";
  public static final double NEVER_UNSURE = -1e9;

  private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{C}\\p{Zl}\\p{Zp}]");

  /** Throws {@link IllegalArgumentException} naming the first key that cannot be. */
  public void validate() {
    Check.that(ARCHITECTURE.equals(architecture), "architecture", architecture, ARCHITECTURE);
    Check.that(
        !id.isBlank() && !UNPRINTABLE.matcher(id).find(), "id", "'" + id + "'", "printable text");
    Check.that(Double.isFinite(unsureBelow), "unsureBelow", unsureBelow, "a number");
    vision.validate();
    resampler.validate();
    language.validate();
    crossAttention.validate(language.layers());
    tokens.validate(language.vocabulary());
  }
}
