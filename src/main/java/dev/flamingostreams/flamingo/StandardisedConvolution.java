package dev.flamingostreams.flamingo;

import dev.flamingostreams.tensor.Backend;
import dev.flamingostreams.tensor.Convolution;
import dev.flamingostreams.tensor.Tensor;
import dev.flamingostreams.tensor.Weights;
import java.util.Arrays;

/**
 * A convolution whose weights are standardised for each output channel, then scaled by a learnt
 * gain over the root of the fan-in (Brock et al. 2021). Keeps {@code ceil(side / stride)} rows.
 */
final class StandardisedConvolution {
  private static final double EPSILON = 1e-5;

  private final Shape shape;
  private final Tensor kernel; // (out, in / groups, kernel, kernel)
  private final Tensor bias; // (out)

  record Shape(int in, int out, int kernel, int stride, int groups) {
    int fanIn() {
      return in / groups * kernel * kernel;
    }
  }

  StandardisedConvolution(Weights weights, Shape shape, Backend backend) {
    this.shape = shape;
    int size = shape.kernel;
    Tensor learnt = weights.get("weight", shape.out, shape.in / shape.groups, size, size);
    float[] ones = new float[shape.fanIn()];
    Arrays.fill(ones, 1);
    Tensor rows = learnt.reshape(shape.out, shape.fanIn());
    Tensor standard = rows.layerNorm(backend.constant(ones, ones.length), null, EPSILON);
    Tensor gain = weights.get("gain", shape.out).scale(1 / Math.sqrt((double) shape.fanIn()));
    kernel = standard.mul(gain.reshape(shape.out, 1)).reshape(learnt.shape());
    bias = weights.get("bias", shape.out);
  }

  Tensor forward(Tensor x) {
    Convolution how = Convolution.same(shape.stride, shape.kernel, x.shape()[2], shape.groups);
    return x.conv2d(kernel, bias, how);
  }
}
