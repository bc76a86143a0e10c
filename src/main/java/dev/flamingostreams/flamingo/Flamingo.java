package dev.flamingostreams.flamingo;

import dev.flamingostreams.tensor.Backend;
import dev.flamingostreams.tensor.Tensor;
import dev.flamingostreams.tensor.Weights;
import org.jspecify.annotations.Nullable;

/**
 * The whole model: frames to features, features of a clip to latents, latents and a prompt to text.
 * A frame's features do not depend on its clip, so they may be kept.
 *
 * <p>Weight names begin with {@code vision.}, {@code resampler.} or {@code language.}, the parts
 * that the paper trains apart; the cross-attention's contain {@code .cross_attention.}.
 */
public final class Flamingo {
  private final FlamingoConfig config;
  private final Weights weights;
  private final Backend backend;

  public Flamingo(FlamingoConfig config, Weights weights, Backend backend) {
    this.config = config;
    this.weights = weights;
    this.backend = backend;
  }

  /** Normalised pixels {@code [N, 3, H, W]}, RGB, to features {@code [N, S, D]}. */
  public Tensor vision(Tensor pixels) {
    return new VisionEncoder(config.vision(), weights.at("vision"), backend).forward(pixels);
  }

  /**
   * Features of clips to latents {@code [B, R, D]}.
   *
   * @param features {@code [B, T, S, D]}
   * @param timeWeights {@code [B, T, E]} of {@link TemporalInterpolation}
   * @param frameMask {@code [B, T]}: 1 for a frame, 0 for padding
   */
  public Tensor resample(Tensor features, Tensor timeWeights, Tensor frameMask) {
    return new PerceiverResampler(
            config.resampler(), config.vision().width(), weights.at("resampler"), backend)
        .forward(features, timeWeights, frameMask);
  }

  /** What {@link #describe} gives: ints and floats {@code [B, N]}, zero after the end token. */
  public record Text(Tensor tokens, Tensor logProbabilities) {}

  /**
   * Continues the prompt greedily, at most {@link FlamingoConfig.Language#maxTokens} tokens.
   *
   * @param latents {@code [B, M, R, D]}
   * @param prompt ints {@code [B, L]}
   * @param textTime ints {@code [B, L]}: the media each token follows, counted from 1; 0 is none
   */
  public Text describe(Tensor latents, Tensor prompt, Tensor textTime) {
    LanguageModel model = languageModel();
    LanguageModel.Media media = media(model, latents, textTime);
    long length = textTime.shape()[1];
    Tensor last = textTime.slice(1, length - 1, length);
    GreedyDecoder.Result result =
        new GreedyDecoder(model, config.language(), backend)
            .decode(
                prompt,
                media,
                media.withText(mediaBias(last, latents), Mask.seesMedia(backend, last)));
    return new Text(result.tokens(), result.logProbabilities());
  }

  /** Logits {@code [B, L, V]} of the token after each one of an interleaved text. */
  public Tensor logits(Tensor latents, Tensor tokens, Tensor textTime) {
    LanguageModel model = languageModel();
    return logits(model, media(model, latents, textTime), tokens);
  }

  /** Logits {@code [B, L, V]} of the language model alone, as it is before it learns to look. */
  public Tensor textLogits(Tensor tokens) {
    return logits(languageModel(), null, tokens);
  }

  private Tensor logits(LanguageModel model, LanguageModel.@Nullable Media media, Tensor tokens) {
    Tensor bias = new Alibi(config.language().heads(), backend).causal((int) tokens.shape()[1]);
    return model.logits(model.forward(tokens, media, bias, (layer, own) -> own));
  }

  private LanguageModel languageModel() {
    return new LanguageModel(config.language(), config.vision().width(), weights.at("language"));
  }

  private LanguageModel.Media media(LanguageModel model, Tensor latents, Tensor textTime) {
    long[] s = latents.shape();
    return model.media(
        latents.reshape(s[0], s[1] * s[2], s[3]),
        mediaBias(textTime, latents),
        Mask.seesMedia(backend, textTime));
  }

  private Tensor mediaBias(Tensor textTime, Tensor latents) {
    return Mask.mediaBias(backend, textTime, (int) latents.shape()[1], (int) latents.shape()[2]);
  }
}
