package dev.flamingostreams.flamingo;

import dev.flamingostreams.tensor.Backend;
import dev.flamingostreams.tensor.Tensor;
import dev.flamingostreams.tensor.Weights;
import java.util.ArrayList;
import java.util.List;

/** The paper's vision encoder: a residual network without normalisation (Brock et al. 2021). */
final class NfNet implements VisionEncoder {
  /** Keeps the variance of a GELU's output at 1, as DeepMind's constants say. */
  private static final double GAMMA = 1.7015043497085571;

  private static final int[] STEM_STRIDES = {2, 1, 1, 2};

  private final List<StandardisedConvolution> stem = new ArrayList<>();
  private final List<NfBlock> blocks = new ArrayList<>();
  private final StandardisedConvolution last;
  private double variance = 1; // that a block's input is expected to have

  NfNet(VisionConfig.NfNet config, Weights weights, Backend backend) {
    int in = 3;
    for (int i = 0; i < STEM_STRIDES.length; i++) {
      int out = config.stemChannels().get(i);
      var shape = new StandardisedConvolution.Shape(in, out, 3, STEM_STRIDES[i], 1);
      stem.add(new StandardisedConvolution(weights.at("stem." + i), shape, backend));
      in = out;
    }
    for (int stage = 0; stage < config.depths().size(); stage++) {
      in = stage(config, stage, in, weights.at("stages." + stage), backend);
    }
    var shape = new StandardisedConvolution.Shape(in, config.finalChannels(), 1, 1, 1);
    last = new StandardisedConvolution(weights.at("final"), shape, backend);
  }

  /** The first block of a stage halves the image, but for the first stage's. */
  private int stage(
      VisionConfig.NfNet config, int stage, int in, Weights weights, Backend backend) {
    int out = config.channels().get(stage);
    for (int i = 0; i < config.depths().get(stage); i++) {
      int from = i == 0 ? in : out;
      int stride = i == 0 && stage > 0 ? 2 : 1;
      var shape =
          new NfBlock.Shape(from, out, stride, config.groupWidth(), 1 / Math.sqrt(variance));
      blocks.add(new NfBlock(weights.at(Integer.toString(i)), shape, backend));
      variance = (i == 0 ? 1 : variance) + NfBlock.ALPHA * NfBlock.ALPHA;
    }
    return out;
  }

  static Tensor activate(Tensor x) {
    return x.gelu().scale(GAMMA);
  }

  @Override
  public Tensor forward(Tensor pixels) {
    Tensor x = stem.get(0).forward(pixels);
    for (StandardisedConvolution next : stem.subList(1, stem.size())) {
      x = next.forward(activate(x));
    }
    for (NfBlock block : blocks) {
      x = x.within(block::forward);
    }
    x = activate(last.forward(x));
    long[] s = x.shape();
    return x.reshape(s[0], s[1], s[2] * s[3]).transpose(0, 2, 1);
  }
}
