package dev.flamingostreams.flamingo;

import dev.flamingostreams.tensor.Backend;
import dev.flamingostreams.tensor.Tensor;
import dev.flamingostreams.tensor.Weights;
import java.util.ArrayList;
import java.util.List;

/** Blocks with RMS norms, rotary positions, grouped keys and values, and gated feed-forwards. */
final class Llama implements Decoder {
  private final LanguageConfig.Llama config;
  private final Backend backend;
  private final Rotary rotary;
  private final List<Decoder.Block> blocks = new ArrayList<>();
  private final Projection norm;

  Llama(LanguageConfig.Llama config, int length, Weights weights, Backend backend) {
    this.config = config;
    this.backend = backend;
    rotary = new Rotary(config.headWidth(), config.rotaryBase(), length, backend);
    for (int i = 0; i < config.layers(); i++) {
      blocks.add(new Block(weights.at("blocks." + i)));
    }
    norm = norm(weights.at("norm"));
  }

  private Projection norm(Weights weights) {
    return new RmsNorm(weights, config.width(), config.normEpsilon(), backend);
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
      attention = new SelfAttention(attention(weights.at("attention")), rotary);
      feedForward = norm(weights.at("feed_forward.norm")).then(gated(weights.at("feed_forward")));
    }

    private Attention attention(Weights weights) {
      int width = config.width();
      int queries = config.heads() * config.headWidth();
      int keys = config.keyValueHeads() * config.headWidth();
      return new Attention(
          config.heads(),
          config.keyValueHeads(),
          new Linear(weights.at("query"), width, queries, false),
          new Linear(weights.at("key"), width, keys, false),
          new Linear(weights.at("value"), width, keys, false),
          new Linear(weights.at("out"), queries, width, false));
    }

    /** SwiGLU (Shazeer 2020). */
    private Projection gated(Weights weights) {
      int width = config.width();
      int inner = config.feedForward();
      Projection gate = new Linear(weights.at("gate"), width, inner, false);
      Projection up = new Linear(weights.at("up"), width, inner, false);
      Projection down = new Linear(weights.at("down"), inner, width, false);
      return x -> down.forward(Activation.SILU.apply(gate.forward(x)).mul(up.forward(x)));
    }

    @Override
    public Tensor forward(Tensor x, Place place, Memory memory) {
      Tensor n = norm.forward(x);
      Tensor y = x.add(attention.forward(n, place, memory));
      return y.add(feedForward.forward(y));
    }
  }
}
