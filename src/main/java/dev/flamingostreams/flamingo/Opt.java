package dev.flamingostreams.flamingo;

import dev.flamingostreams.tensor.Backend;
import dev.flamingostreams.tensor.Tensor;
import dev.flamingostreams.tensor.Weights;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Blocks with biases everywhere; positions are learnt and added to the tokens. */
final class Opt implements Decoder {
  /** The first two rows of the released tables stand for no position. */
  static final int POSITION_OFFSET = 2;

  private final LanguageConfig.Opt config;
  private final Backend backend;
  private final Tensor positions; // (context + 2, D)
  private final @Nullable Projection in;
  private final List<Decoder.Block> blocks = new ArrayList<>();
  private final @Nullable Projection norm;
  private final @Nullable Projection out;

  Opt(LanguageConfig.Opt config, Weights weights, Backend backend) {
    this.config = config;
    this.backend = backend;
    int width = config.width();
    int embedding = config.embeddingWidth();
    positions = weights.get("positions", config.context() + POSITION_OFFSET, width);
    boolean projected = embedding != width;
    in = projected ? new Linear(weights.at("project_in"), embedding, width, false) : null;
    for (int i = 0; i < config.layers(); i++) {
      blocks.add(new Block(weights.at("blocks." + i)));
    }
    norm = config.normFirst() ? new LayerNorm(weights.at("norm"), width) : null;
    out = projected ? new Linear(weights.at("project_out"), width, embedding, false) : null;
  }

  @Override
  public Tensor begin(Tensor embeddings, Place place) {
    Tensor offset = backend.constant(new int[] {POSITION_OFFSET}, 1);
    Tensor x = in == null ? embeddings : in.forward(embeddings);
    return x.add(positions.gather(place.positions().add(offset)));
  }

  @Override
  public List<Decoder.Block> blocks() {
    return blocks;
  }

  @Override
  public Tensor end(Tensor x) {
    Tensor y = norm == null ? x : norm.forward(x);
    return out == null ? y : out.forward(y);
  }

  private final class Block implements Decoder.Block {
    private final LayerNorm norm;
    private final SelfAttention attention;
    private final LayerNorm feedForwardNorm;
    private final Projection feedForward;

    Block(Weights weights) {
      int width = config.width();
      norm = new LayerNorm(weights.at("norm"), width);
      attention =
          new SelfAttention(
              Attention.self(weights.at("attention"), width, config.heads(), true), null);
      feedForwardNorm = new LayerNorm(weights.at("feed_forward.norm"), width);
      feedForward =
          new FeedForward(
              weights.at("feed_forward"), width, config.feedForward(), config.activation(), true);
    }

    @Override
    public Tensor forward(Tensor x, Place place, Memory memory) {
      if (config.normFirst()) {
        Tensor y = x.add(attention.forward(norm.forward(x), place, memory));
        return y.add(feedForward.forward(feedForwardNorm.forward(y)));
      }
      Tensor y = norm.forward(x.add(attention.forward(x, place, memory)));
      return feedForwardNorm.forward(y.add(feedForward.forward(y)));
    }
  }
}
