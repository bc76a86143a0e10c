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
  private final List<Block> blocks = new ArrayList<>();
  private final Projection norm;

  GptNeoX(LanguageConfig.GptNeoX config, int length, Weights weights, Backend backend) {
    this.config = config;
    int rotated = (int) ((double) config.width() / config.heads() * config.rotaryFraction());
    rotary = new Rotary(rotated, config.rotaryBase(), length, backend);
    for (int i = 0; i < config.layers(); i++) {
      blocks.add(new Block(weights.at("blocks." + i)));
    }
    norm = norm(weights.at("norm"));
  }

  private Projection norm(Weights weights) {
    return new LayerNorm(weights, config.width(), true, config.normEpsilon());
  }

  @Override
  public int layers() {
    return blocks.size();
  }

  @Override
  public Tensor block(int layer, Tensor x, Place place, Memory memory) {
    return blocks.get(layer).forward(layer, x, place, memory);
  }

  @Override
  public Tensor end(Tensor x) {
    return norm.forward(x);
  }

  private final class Block {
    private final Projection norm;
    private final Attention attention;
    private final Projection feedForward;

    Block(Weights weights) {
      norm = norm(weights.at("norm"));
      attention = Attention.self(weights.at("attention"), config.width(), config.heads(), true);
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

    Tensor forward(int layer, Tensor x, Place place, Memory memory) {
      Tensor n = norm.forward(x);
      Tensor y = x.add(attend(layer, n, place, memory));
      return y.add(feedForward.forward(config.parallelResidual() ? x : y));
    }

    private Tensor attend(int layer, Tensor n, Place place, Memory memory) {
      Rotary.Angles angles = rotary.at(place.positions());
      Attention.KeyValue own = attention.keyValue(n);
      Tensor keys = rotary.rotate(own.keys(), angles);
      Attention.KeyValue attended =
          memory.attended(layer, new Attention.KeyValue(keys, own.values()));
      Tensor queries = rotary.rotate(attention.queries(n), angles);
      return attention.attend(queries, attended, place.bias());
    }
  }
}
