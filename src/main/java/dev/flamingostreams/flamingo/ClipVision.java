package dev.flamingostreams.flamingo;

import dev.flamingostreams.tensor.Backend;
import dev.flamingostreams.tensor.Convolution;
import dev.flamingostreams.tensor.Tensor;
import dev.flamingostreams.tensor.Weights;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The vision transformer of CLIP: patches and a class token, normed before the first block. */
final class ClipVision implements VisionEncoder {
  private final VisionConfig.Clip config;
  private final Backend backend;
  private final Tensor patch; // (D, 3, P, P)
  private final Tensor classEmbedding; // (D)
  private final Tensor positions; // (1 + patches, D)
  private final LayerNorm preNorm;
  private final List<VisionBlock> blocks = new ArrayList<>();
  private final @Nullable LayerNorm norm;

  ClipVision(VisionConfig.Clip config, Weights weights, Backend backend) {
    this.config = config;
    this.backend = backend;
    int width = config.width();
    int side = config.patchSize();
    patch = weights.get("patch.weight", width, 3, side, side);
    classEmbedding = weights.get("class_embedding", width);
    positions = weights.get("positions", 1 + config.grid() * config.grid(), width);
    preNorm = new LayerNorm(weights.at("pre_norm"), width);
    for (int i = 0; i < config.layers(); i++) {
      Weights at = weights.at("blocks." + i);
      blocks.add(
          new VisionBlock(
              at, width, config.heads(), config.feedForward(), config.activation(), true));
    }
    norm = config.finalNorm() ? new LayerNorm(weights.at("norm"), width) : null;
  }

  @Override
  public Tensor forward(Tensor pixels) {
    Tensor x = preNorm.forward(embed(pixels).add(positions));
    for (VisionBlock block : blocks) {
      x = x.within(block::forward);
    }
    Tensor features = config.classToken() ? x : x.slice(1, 1, x.shape()[1]);
    return norm == null ? features : norm.forward(features);
  }

  /** The class token, then the patches row by row. */
  private Tensor embed(Tensor pixels) {
    Tensor cells = pixels.conv2d(patch, null, Convolution.of(config.patchSize(), 0));
    long[] s = cells.shape();
    Tensor patches = cells.reshape(s[0], s[1], s[2] * s[3]).transpose(0, 2, 1);
    Tensor first = classEmbedding.reshape(1, 1, s[1]).expand(s[0], 1, s[1]);
    return backend.concat(List.of(first, patches), 1);
  }
}
