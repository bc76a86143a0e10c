package dev.flamingostreams.flamingo;

import dev.flamingostreams.tensor.Backend;
import dev.flamingostreams.tensor.Tensor;
import dev.flamingostreams.tensor.Weights;

/** Encodes frames one by one. */
interface VisionEncoder {

  static VisionEncoder of(VisionConfig config, Weights weights, Backend backend) {
    if (config instanceof VisionConfig.Clip clip) {
      return new ClipVision(clip, weights, backend);
    }
    if (config instanceof VisionConfig.NfNet nfnet) {
      return new NfNet(nfnet, weights, backend);
    }
    return new ConvolutionalVision((VisionConfig.Convolutional) config, weights, backend);
  }

  /** Normalised pixels {@code [N, 3, H, W]} to features {@code [N, S, D]}. */
  Tensor forward(Tensor pixels);
}
