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
    return VisionEncoder.of(config.vision(), weights.at("vision"), backend).forward(pixels);
  }

  /**
   * Features of clips to latents {@code [B, R, D]}.
   *
   * @param features {@code [B, T, S, D]}
   * @param timeWeights {@code [B, T, E]} of {@link TemporalInterpolation}; not looked at in a model
   *     without time embeddings
   * @param frameMask {@code [B, T]}: 1 for a frame, 0 for padding
   * @param place ints {@code [B]}: which media of its prompt a clip is, from 0; not looked at in a
   *     model without media embeddings
   */
  public Tensor resample(Tensor features, Tensor timeWeights, Tensor frameMask, Tensor place) {
    return new PerceiverResampler(
            config.resampler(), config.vision().width(), weights.at("resampler"), backend)
        .forward(features, timeWeights, frameMask, place);
  }

  /**
   * Texts interleaved with media, all of one length.
   *
   * @param tokens ints {@code [B, L]}
   * @param textTime ints {@code [B, L]}: the media each token follows, counted from 1; 0 is none
   * @param start ints {@code [B, 1]}: tokens of padding before each text
   */
  public record Prompt(Tensor tokens, Tensor textTime, Tensor start) {
    int length() {
      return (int) tokens.shape()[1];
    }

    int clips() {
      return (int) tokens.shape()[0];
    }
  }

  /** What {@link #describe} gives: ints and floats {@code [B, N]}, zero after the end token. */
  public record Text(Tensor tokens, Tensor logProbabilities) {}

  /**
   * Continues the prompt.
   *
   * @param latents {@code [B, M, R, D]}
   */
  public Text describe(Tensor latents, Prompt prompt, Decoding decoding) {
    Continuation continuation =
        continuation(latents, prompt, decoding.beams(), decoding.maxTokens());
    Tensor rows = continuation.copied(prompt.tokens);
    Tensor starts = continuation.copied(prompt.start);
    LogitRules rules = new LogitRules(decoding, config.tokens().end(), rows, starts, backend);
    Written written =
        decoding.beams() == 1
            ? new GreedySearch(continuation, rules, decoding, config.tokens(), backend).run()
            : new BeamSearch(
                    continuation, rules, decoding, config.tokens(), prompt.clips(), backend)
                .run();
    return new Text(written.tokens(), written.logProbabilities());
  }

  /**
   * How likely the prompt is to be continued by each label: sums of log-probabilities, {@code [B,
   * C]}.
   *
   * @param latents {@code [B, M, R, D]}
   * @param labels ints {@code [C, N]}, padded at their ends
   * @param mask {@code [C, N]}: 1 for a token, 0 for padding
   */
  public Tensor score(Tensor latents, Prompt prompt, Tensor labels, Tensor mask) {
    int count = (int) labels.shape()[0];
    int length = (int) labels.shape()[1] - 1;
    Continuation continuation = continuation(latents, prompt, count, length);
    return new LabelScores(continuation, prompt.clips(), backend).score(labels, mask);
  }

  private Continuation continuation(Tensor latents, Prompt prompt, int copies, int length) {
    LanguageModel model = languageModel(prompt.length() + length);
    LanguageModel.Media media = media(model, latents, prompt.textTime);
    return new Continuation(model, prompt, media, copies, length, backend);
  }

  /** Logits {@code [B, L, V]} of the token after each one of an interleaved text. */
  public Tensor logits(Tensor latents, Tensor tokens, Tensor textTime) {
    LanguageModel model = languageModel((int) tokens.shape()[1]);
    return logits(model, media(model, latents, textTime), tokens);
  }

  /** Logits {@code [B, L, V]} of the language model alone, as it is before it learns to look. */
  public Tensor textLogits(Tensor tokens) {
    return logits(languageModel((int) tokens.shape()[1]), null, tokens);
  }

  private Tensor logits(LanguageModel model, LanguageModel.@Nullable Media media, Tensor tokens) {
    int batch = (int) tokens.shape()[0];
    int length = (int) tokens.shape()[1];
    Places places = model.places(backend.constant(new int[batch], batch, 1));
    Place place = places.range(0, length, length);
    return model.logits(model.forward(tokens, media, place, (layer, own) -> own));
  }

  private LanguageModel languageModel(int length) {
    return new LanguageModel(
        config.language(),
        config.crossAttention(),
        config.vision().width(),
        length,
        weights.at("language"),
        backend);
  }

  private LanguageModel.Media media(LanguageModel model, Tensor latents, Tensor textTime) {
    long[] s = latents.shape();
    return model.media(
        latents.reshape(s[0], s[1] * s[2], s[3]),
        Mask.mediaBias(backend, config.crossAttention().mask(), textTime, (int) s[1], (int) s[2]),
        Mask.seesMedia(backend, textTime));
  }
}
