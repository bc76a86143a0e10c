package dev.flamingostreams.flamingo;

import dev.flamingostreams.tensor.Tensor;
import dev.flamingostreams.tensor.Weights;
import java.util.ArrayList;
import java.util.List;

/** Pre-norm blocks that know positions by ALiBi alone. */
final class Mpt implements Decoder {
  private final LanguageConfig.Mpt config;
  private final List<Decoder.Block> blocks = new ArrayList<>();
  private final Projection norm;

  Mpt(LanguageConfig.Mpt config, Weights weights) {
    this.config = config;
    for (int i = 0; i < config.layers(); i++) {
      blocks.add(new Block(config, weights.at("blocks." + i)));
    }
    norm = norm(config, weights.at("norm"));
  }

  private static Projection norm(LanguageConfig.Mpt config, Weights weights) {
    return new LayerNorm(weights, config.width(), config.normBiases(), LayerNorm.EPSILON);
  }

  /** Powers of 2; where the heads are none, every second slope of the next power comes first. */
  @Override
  public float[] slopes() {
    int heads = config.heads();
    int power = heads == 1 ? 1 : Integer.highestOneBit(heads - 1) * 2;
    float[] slopes = new float[heads];
    for (int h = 0; h < heads; h++) {
      int exponent = power == heads ? h + 1 : spread(h, power);
      slopes[h] = (float) Math.pow(2, -config.alibiBiasMax() * exponent / power);
    }
    return slopes;
  }

  /** 2, 4, 6, ... up to the power, then 1, 3, 5, ... */
  private static int spread(int head, int power) {
    return head < power / 2 ? 2 * head + 2 : 2 * head - power + 1;
  }

  @Override
  public List<Decoder.Block> blocks() {
    return blocks;
  }

  @Override
  public Tensor end(Tensor x) {
    return norm.forward(x);
  }

  private static final class Block implements Decoder.Block {
    private final Projection norm;
    private final SelfAttention attention;
    private final Projection feedForward;

    Block(LanguageConfig.Mpt config, Weights weights) {
      norm = norm(config, weights.at("norm"));
      attention = new SelfAttention(attention(config, weights.at("attention")), null);
      feedForward =
          norm(config, weights.at("feed_forward.norm"))
              .then(
                  new FeedForward(
                      weights.at("feed_forward"),
                      config.width(),
                      config.feedForward(),
                      Activation.GELU,
                      config.biases()));
    }

    private static Attention attention(LanguageConfig.Mpt config, Weights weights) {
      int width = config.width();
      Projection query = clipped(config, weights.at("query"));
      Projection key = clipped(config, weights.at("key"));
      if (config.queryKeyNorm()) {
        query = query.then(norm(config, weights.at("query_norm")));
        key = key.then(norm(config, weights.at("key_norm")));
      }
      return new Attention(
          config.heads(),
          config.heads(),
          query,
          key,
          clipped(config, weights.at("value")),
          new Linear(weights.at("out"), width, width, config.biases()));
    }

    private static Projection clipped(LanguageConfig.Mpt config, Weights weights) {
      Projection linear = new Linear(weights, config.width(), config.width(), config.biases());
      double most = config.clip();
      return most == 0 ? linear : linear.then(x -> x.clip(-most, most));
    }

    @Override
    public Tensor forward(Tensor x, Place place, Memory memory) {
      Tensor n = norm.forward(x);
      Tensor y = x.add(attention.forward(n, place, memory));
      return y.add(feedForward.forward(y));
    }
  }
}
