package dev.flamingostreams.engine;

import dev.flamingostreams.checkpoints.Safetensors;
import dev.flamingostreams.checkpoints.StoredTensor;
import dev.flamingostreams.checkpoints.StoredType;

/**
 * What the weights of a model need in memory on the CPU, activations apart; the factors were
 * measured with ONNX Runtime 1.21.
 *
 * @param factor of the weights as 32-bit floats
 * @param bytes about
 * @param mapped whether they are mapped from the file, so that the system may take them back
 */
public record CpuMemory(double factor, long bytes, boolean mapped) {
  private static final double MAPPED = 1.05;
  private static final double PACKED = 2.3;

  /** Halves are cast to floats, which then lie in memory too. */
  private static final double HALVES = 2.7;

  public static CpuMemory of(Safetensors weights) {
    long elements = weights.tensors().stream().mapToLong(StoredTensor::elements).sum();
    boolean floats = weights.tensors().stream().allMatch(t -> t.type() == StoredType.F32);
    boolean mapped = floats && WeightSize.of(weights).isLarge();
    double factor = mapped ? MAPPED : floats ? PACKED : HALVES;
    return new CpuMemory(factor, (long) (factor * Float.BYTES * elements), mapped);
  }
}
