package dev.flamingostreams.engine;

import java.nio.Buffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;

/** A named array that goes into a graph or comes out of it: floats, half floats or ints. */
record Array(String name, Buffer data, long... shape) {

  static Array of(String name, float[] values, long... shape) {
    return new Array(name, FloatBuffer.wrap(values), shape);
  }

  static Array of(String name, int[] values, long... shape) {
    return new Array(name, IntBuffer.wrap(values), shape);
  }

  float[] floats() {
    FloatBuffer source = ((FloatBuffer) data).duplicate();
    if (source.hasArray() && source.array().length == source.remaining()) {
      return source.array();
    }
    float[] values = new float[source.remaining()];
    source.get(values);
    return values;
  }

  int[] ints() {
    IntBuffer source = ((IntBuffer) data).duplicate();
    if (source.hasArray() && source.array().length == source.remaining()) {
      return source.array();
    }
    int[] values = new int[source.remaining()];
    source.get(values);
    return values;
  }
}
