package dev.flamingostreams.flamingo;

import dev.flamingostreams.tensor.Backend;
import dev.flamingostreams.tensor.Tensor;
import dev.flamingostreams.tensor.Weights;
import org.jspecify.annotations.Nullable;

/**
 * A bottleneck block: its input is scaled down by the deviation that it is expected to have, its
 * output by {@link #ALPHA} and a learnt gain, so that no norm is needed.
 */
final class NfBlock {
  static final double ALPHA = 0.2;

  private static final double SQUEEZE_GAIN = 2;
  private static final int CHANNEL_DIVISOR = 8;

  /** {@code beta} is one over the expected deviation of the input. */
  record Shape(int in, int out, int stride, int groupWidth, double beta) {
    /** Half of the output, a multiple of 8 as timm rounds it: exact for the released networks. */
    int middle() {
      int rounded = rounded();
      return rounded < 0.9 * (out / 2.0) ? rounded + CHANNEL_DIVISOR : rounded;
    }

    int squeezed() {
      return rounded();
    }

    private int rounded() {
      int eighths = (out / 2 + CHANNEL_DIVISOR / 2) / CHANNEL_DIVISOR;
      return Math.max(1, eighths) * CHANNEL_DIVISOR;
    }
  }

  private final Shape shape;
  private final @Nullable StandardisedConvolution downsample;
  private final StandardisedConvolution first;
  private final StandardisedConvolution second;
  private final StandardisedConvolution third;
  private final StandardisedConvolution fourth;
  private final Projection squeeze;
  private final Projection excite;
  private final Tensor gain; // (1)

  NfBlock(Weights weights, Shape shape, Backend backend) {
    this.shape = shape;
    int middle = shape.middle();
    boolean changes = shape.in != shape.out || shape.stride != 1;
    downsample = changes ? one(weights, "downsample", shape.in, shape.out, backend) : null;
    first = one(weights, "conv1", shape.in, middle, backend);
    second = three(weights, "conv2", shape.stride, backend);
    third = three(weights, "conv3", 1, backend);
    fourth = one(weights, "conv4", middle, shape.out, backend);
    squeeze = new Linear(weights.at("squeeze"), shape.out, shape.squeezed(), true);
    excite = new Linear(weights.at("excite"), shape.squeezed(), shape.out, true);
    gain = weights.get("gain", 1);
  }

  private static StandardisedConvolution one(
      Weights weights, String name, int in, int out, Backend backend) {
    return new StandardisedConvolution(
        weights.at(name), new StandardisedConvolution.Shape(in, out, 1, 1, 1), backend);
  }

  private StandardisedConvolution three(Weights weights, String name, int stride, Backend backend) {
    int middle = shape.middle();
    return new StandardisedConvolution(
        weights.at(name),
        new StandardisedConvolution.Shape(middle, middle, 3, stride, middle / shape.groupWidth),
        backend);
  }

  /** {@code [N, in, H, W] -> [N, out, H/stride, W/stride]}. */
  Tensor forward(Tensor x) {
    Tensor scaled = NfNet.activate(x).scale(shape.beta);
    Tensor shortcut = downsample == null ? x : downsample.forward(pooled(scaled));
    Tensor y = first.forward(scaled);
    y = second.forward(NfNet.activate(y));
    y = third.forward(NfNet.activate(y));
    y = fourth.forward(NfNet.activate(y));
    return excited(y).scale(SQUEEZE_GAIN * ALPHA).mul(gain).add(shortcut);
  }

  /** Means of 2x2 cells. */
  private Tensor pooled(Tensor x) {
    if (shape.stride == 1) {
      return x;
    }
    long[] s = x.shape();
    return x.reshape(s[0], s[1], s[2] / 2, 2, s[3] / 2, 2).mean(5).mean(3);
  }

  /** Each channel weighed by what all channels' means say (Hu et al. 2018). */
  private Tensor excited(Tensor x) {
    long[] s = x.shape();
    Tensor means = x.reshape(s[0], s[1], s[2] * s[3]).mean(2);
    Tensor weights = excite.forward(squeeze.forward(means).relu()).sigmoid();
    return x.mul(weights.reshape(s[0], s[1], 1, 1));
  }
}
