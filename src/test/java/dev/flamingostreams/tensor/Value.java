package dev.flamingostreams.tensor;

/** An array with its shape, for tests: ints and booleans are held as floats. */
public record Value(DataType type, float[] values, long... shape) {

  public static Value floats(float[] values, long... shape) {
    return new Value(DataType.FLOAT, values, shape);
  }

  /** Distinct, small, of both signs, none a tie of another. */
  public static Value floats(long... shape) {
    float[] values = new float[(int) Shapes.size(shape)];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (Math.sin(1.7 * i + 0.3) + 0.01 * i);
    }
    return floats(values, shape);
  }

  public static Value ints(int[] values, long... shape) {
    float[] floats = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      floats[i] = values[i];
    }
    return new Value(DataType.INT, floats, shape);
  }

  public int[] ints() {
    int[] ints = new int[values.length];
    for (int i = 0; i < ints.length; i++) {
      ints[i] = (int) values[i];
    }
    return ints;
  }

  /** As a constant of a backend. */
  public Tensor constant(Backend backend) {
    return type == DataType.INT ? backend.constant(ints(), shape) : backend.constant(values, shape);
  }

  /** The element that broadcasting to a shape puts at a place of it. */
  float at(long... place) {
    int offset = 0;
    for (int i = 0; i < shape.length; i++) {
      long index = place[place.length - shape.length + i];
      offset = (int) (offset * shape[i] + (shape[i] == 1 ? 0 : index));
    }
    return values[offset];
  }
}
