package dev.flamingostreams.flamingo;

import dev.flamingostreams.tensor.Backend;
import dev.flamingostreams.tensor.Tensor;
import dev.flamingostreams.tensor.Weights;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Any number of frames to a fixed number of latents: learnt queries attend to all frames. */
final class PerceiverResampler {
  private final Backend backend;
  private final Tensor latents; // (R, D)
  private final @Nullable Tensor timeEmbeddings; // (E, D)
  private final @Nullable Tensor mediaEmbeddings; // (places, D)
  private final List<Layer> layers = new ArrayList<>();
  private final LayerNorm norm;

  PerceiverResampler(ResamplerConfig config, int width, Weights weights, Backend backend) {
    this.backend = backend;
    latents = weights.get("latents", config.latents(), width);
    timeEmbeddings = table(weights, "time_embeddings", config.timeEmbeddings(), width);
    mediaEmbeddings = table(weights, "media_embeddings", config.mediaEmbeddings(), width);
    for (int i = 0; i < config.layers(); i++) {
      layers.add(new Layer(config, weights.at("layers." + i), width));
    }
    norm = new LayerNorm(weights.at("norm"), width);
  }

  private static @Nullable Tensor table(Weights weights, String name, int rows, int width) {
    return rows == 0 ? null : weights.get(name, rows, width);
  }

  /**
   * The latents of each clip.
   *
   * @param features {@code [B, T, S, D]}
   * @param timeWeights {@code [B, T, E]}, rows of {@link TemporalInterpolation}; not looked at
   *     without time embeddings
   * @param frameMask {@code [B, T]}, 1 for a frame, 0 for padding
   * @param place ints {@code [B]}, which media of its prompt a clip is, from 0; not looked at
   *     without media embeddings
   * @return {@code [B, R, D]}
   */
  Tensor forward(Tensor features, Tensor timeWeights, Tensor frameMask, Tensor place) {
    long[] s = features.shape();
    Tensor timed = features;
    if (timeEmbeddings != null) {
      timed = timed.add(timeWeights.matmul(timeEmbeddings).reshape(s[0], s[1], 1, s[3]));
    }
    if (mediaEmbeddings != null) {
      timed = timed.add(mediaEmbeddings.gather(place).reshape(s[0], 1, 1, s[3]));
    }
    Tensor media = timed.reshape(s[0], s[1] * s[2], s[3]);
    Tensor bias = hidePadding(frameMask, s);
    Tensor x = latents.reshape(1, latents.shape()[0], s[3]).expand(s[0], latents.shape()[0], s[3]);
    for (Layer layer : layers) {
      x = x.within(y -> layer.forward(y, media, bias));
    }
    return norm.forward(x);
  }

  /** {@code [B, 1, 1, T·S + R]}: 0 for tokens of frames and latents, very negative for padding. */
  private Tensor hidePadding(Tensor frameMask, long[] s) {
    long r = latents.shape()[0];
    Tensor ones = backend.constant(new float[] {1}, 1);
    Tensor media = frameMask.reshape(s[0], s[1], 1).expand(s[0], s[1], s[2]);
    Tensor seen =
        backend.concat(
            List.of(media.reshape(s[0], s[1] * s[2]), ones.reshape(1, 1).expand(s[0], r)), 1);
    return ones.sub(seen).scale(Mask.HIDDEN).reshape(s[0], 1, 1, s[1] * s[2] + r);
  }

  private final class Layer {
    private final LayerNorm mediaNorm;
    private final LayerNorm latentNorm;
    private final Attention attention;
    private final Projection feedForward;

    Layer(ResamplerConfig config, Weights weights, int width) {
      mediaNorm = new LayerNorm(weights.at("media_norm"), width);
      latentNorm = new LayerNorm(weights.at("latent_norm"), width);
      attention =
          Attention.across(
              weights.at("attention"), width, width, config.heads(), config.headWidth());
      feedForward =
          FeedForward.normed(
              weights.at("feed_forward"), width, config.feedForward(), config.activation());
    }

    Tensor forward(Tensor x, Tensor media, Tensor bias) {
      Tensor queries = latentNorm.forward(x);
      // Keys and values come from the media and the latents themselves.
      Tensor attended = backend.concat(List.of(mediaNorm.forward(media), queries), 1);
      Tensor seen =
          attention.attend(attention.queries(queries), attention.keyValue(attended), bias);
      Tensor y = x.add(seen);
      return y.add(feedForward.forward(y));
    }
  }
}
