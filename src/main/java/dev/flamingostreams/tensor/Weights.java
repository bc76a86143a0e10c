package dev.flamingostreams.tensor;

/** The learnt tensors of a model by name. */
public interface Weights {

  /**
   * The weight of that name as floats, whatever precision it is stored in.
   *
   * @throws IllegalArgumentException if there is none, or its shape is another one; the message
   *     names the weight and both shapes
   */
  Tensor get(String name, long... shape);

  /** The weights whose names begin with {@code prefix + "."}. */
  default Weights at(String prefix) {
    return (name, shape) -> get(prefix + "." + name, shape);
  }
}
