package dev.flamingostreams.flamingo;

import dev.flamingostreams.tensor.Backend;
import dev.flamingostreams.tensor.Tensor;
import dev.flamingostreams.tensor.Weights;
import java.util.ArrayList;
import java.util.List;

/** Any number of frames to a fixed number of latents: learnt queries attend to all frames. */
final class PerceiverResampler {
  private final Backend backend;
  private final Tensor latents; // (R, D)
  private final Tensor timeEmbeddings; // (8, D)
  private final List<Layer> layers = new ArrayList<>();
  private final LayerNorm norm;

  PerceiverResampler(FlamingoConfig.Resampler config, int width, Weights weights, Backend backend) {
    this.backend = backend;
    latents = weights.get("latents", config.latents(), width);
    timeEmbeddings = weights.get("time_embeddings", config.timeEmbeddings(), width);
    for (int i = 0; i < config.layers(); i++) {
      layers.add(new Layer(weights.at("layers." + i), width, config.heads()));
    }
    norm = new LayerNorm(weights.at("norm"), width);
  }

  /**
   * The latents of each clip.
   *
   * @param features {@code [B, T, S, D]}
   * @param timeWeights {@code [B, T, 8]}, rows of {@link TemporalInterpolation}
   * @param frameMask {@code [B, T]}, 1 for a frame, 0 for padding
   * @return {@code [B, R, D]}
   */
  Tensor forward(Tensor features, Tensor timeWeights, Tensor frameMask) {
    long[] s = features.shape();
    Tensor time = timeWeights.matmul(timeEmbeddings).reshape(s[0], s[1], 1, s[3]);
    Tensor media = features.add(time).reshape(s[0], s[1] * s[2], s[3]);
    Tensor bias = hidePadding(frameMask, s);
    Tensor x = latents.reshape(1, latents.shape()[0], s[3]).expand(s[0], latents.shape()[0], s[3]);
    for (Layer layer : layers) {
      x = layer.forward(x, media, bias);
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
    private final FeedForward feedForward;

    Layer(Weights weights, int width, int heads) {
      mediaNorm = new LayerNorm(weights.at("media_norm"), width);
      latentNorm = new LayerNorm(weights.at("latent_norm"), width);
      attention = new Attention(weights.at("attention"), width, width, heads);
      feedForward = new FeedForward(weights.at("feed_forward"), width);
    }

    Tensor forward(Tensor x, Tensor media, Tensor bias) {
      Tensor queries = latentNorm.forward(x);
      // Keys and values come from the media and the latents themselves.
      Tensor attended = backend.concat(List.of(mediaNorm.forward(media), queries), 1);
      Tensor y = x.add(attention.attend(queries, attention.keyValue(attended), bias));
      return y.add(feedForward.forward(y));
    }
  }
}
