package dev.flamingostreams.engine;

import java.util.List;

/**
 * A graph for one set of shapes.
 *
 * @param name {@code vision}, {@code resampler}, {@code describe} or {@code score}
 * @param shape the sizes that it was made for, such as {@code 8x1x16}
 * @param inputs their names in order
 * @param onnx the content of an {@code .onnx} file, whose weights lie elsewhere
 * @param arrayBytes of all that goes in and comes out
 */
public record Graph(String name, String shape, List<String> inputs, byte[] onnx, long arrayBytes) {

  public Graph {
    inputs = List.copyOf(inputs);
  }

  /** How many clips it takes at once, or frames if it is of vision. */
  int size() {
    return Integer.parseInt(shape.split("x", 2)[0]);
  }

  @Override
  public String toString() {
    return name + " " + shape;
  }
}
