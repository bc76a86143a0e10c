package dev.flamingostreams.flamingo;

import dev.flamingostreams.tensor.Backend;
import dev.flamingostreams.tensor.Tensor;
import dev.flamingostreams.tensor.Weights;
import java.util.ArrayList;
import java.util.List;

/** Blocks with rotary positions on a part of each head, attention and feed-forward side by side. */
final class GptNeoX implements Decoder {
  private final LanguageConfig.GptNeoX config;
  private final Rotary rotary;
  private final List<Decoder.Block> blocks = new ArrayList<>();
  private final Projection norm;

  GptNeoX(LanguageConfig.GptNeoX config, int length, Weights weights, Backend backend) {
    this.config = config;
    rotary = new Rotary(config.rotated(), config.rotaryBase(), length, backend);
    for (int i = 0; i < config.layers(); i++) {
      blocks.add(new Block(weights.at("blocks." + i)));
    }
    norm = norm(weights.at("norm"));
  }

  private Projection norm(Weights weights) {
    return new LayerNorm(weights, config.width(), true, config.normEpsilon());
  }

  @Override
  public List<Decoder.Block> blocks() {
    return blocks;
  }

  @Override
  public Tensor end(Tensor x) {
    return norm.forward(x);
  }

  private final class Block implements Decoder.Block {
    private final Projection norm;
    private final SelfAttention attention;
    private final Projection feedForward;

    Block(Weights weights) {
      norm = norm(weights.at("norm"));
      attention =
          new SelfAttention(
              Attention.self(weights.at("attention"), config.width(), config.heads(), true),
              rotary);
      feedForward =
          norm(weights.at("feed_forward.norm"))
              .then(
                  new FeedForward(
                      weights.at("feed_forward"),
                      config.width(),
                      config.feedForward(),
                      config.activation(),
                      true));
    }

    @Override
    public Tensor forward(Tensor x, Place place, Memory memory) {
      Tensor n = norm.forward(x);
      Tensor y = x.add(attention.forward(n, place, memory));
      return y.add(feedForward.forward(config.parallelResidual() ? x : y));
    }
  }
}
