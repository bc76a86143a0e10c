package dev.flamingostreams.flamingo;

import dev.flamingostreams.tensor.Convolution;
import dev.flamingostreams.tensor.Tensor;
import dev.flamingostreams.tensor.Weights;
import java.util.ArrayList;
import java.util.List;

/** Strided 3x3 convolutions, each followed by group norm and GELU: pixels to cells. */
final class ConvolutionalStem {
  private static final double EPSILON = 1e-5;

  private final List<Layer> layers = new ArrayList<>();

  ConvolutionalStem(VisionConfig.Convolutional config, Weights weights) {
    int in = 3;
    for (int i = 0; i < config.stemChannels().size(); i++) {
      int out = config.stemChannels().get(i);
      int stride = config.stemStrides().get(i);
      Weights at = weights.at(Integer.toString(i));
      layers.add(
          new Layer(
              at.get("conv.weight", out, in, 3, 3),
              at.get("conv.bias", out),
              config.stemGroups(),
              stride));
      in = out;
    }
  }

  /** {@code [N, 3, H, W] -> [N, cells, D]}. */
  Tensor forward(Tensor pixels) {
    Tensor x = pixels;
    for (Layer layer : layers) {
      x = layer.forward(x);
    }
    long[] s = x.shape();
    return x.reshape(s[0], s[1], s[2] * s[3]).transpose(0, 2, 1);
  }

  private record Layer(Tensor weight, Tensor bias, int groups, int stride) {

    /** The convolution's bias, before the norm, spares the norm a scale and shift of its own. */
    Tensor forward(Tensor x) {
      Tensor y = x.conv2d(weight, bias, Convolution.of(stride, 1));
      long[] s = y.shape();
      long groupSize = s[1] / groups * s[2] * s[3];
      // Group norm standardises each group's channels and cells.
      return y.reshape(s[0], groups, groupSize).standardise(EPSILON).reshape(s).gelu();
    }
  }
}
