package dev.flamingostreams.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.ShortBuffer;
import java.util.List;

/**
 * A named array that goes into a graph or comes out of it: floats, half floats or ints, in one
 * piece or in several that follow each other.
 */
record Array(String name, List<Buffer> parts, long... shape) {

  Array(String name, Buffer data, long... shape) {
    this(name, List.of(data), shape);
  }

  static Array of(String name, float[] values, long... shape) {
    return new Array(name, FloatBuffer.wrap(values), shape);
  }

  static Array of(String name, int[] values, long... shape) {
    return new Array(name, IntBuffer.wrap(values), shape);
  }

  /** Of memory that may be written to again. */
  static Array view(NDArray array) {
    ByteBuffer memory = memory(array);
    long[] shape = array.getShape().getShape();
    return switch (array.getDataType()) {
      case INT32 -> new Array(array.getName(), memory.asIntBuffer(), shape);
      case FLOAT16 -> new Array(array.getName(), memory.asShortBuffer(), shape);
      default -> new Array(array.getName(), memory.asFloatBuffer(), shape);
    };
  }

  static ByteBuffer memory(NDArray array) {
    return array.toByteBuffer().order(ByteOrder.nativeOrder());
  }

  /** The same, of memory of its own. */
  Array copy() {
    return type() == DataType.INT32
        ? of(name, ints(), shape)
        : new Array(name, Features.copy(data(), 0, data().remaining()), shape);
  }

  DataType type() {
    if (parts.get(0) instanceof IntBuffer) {
      return DataType.INT32;
    }
    return parts.get(0) instanceof ShortBuffer ? DataType.FLOAT16 : DataType.FLOAT32;
  }

  int bytes() {
    int count = parts.stream().mapToInt(Buffer::remaining).reduce(0, Math::addExact);
    return Math.multiplyExact(count, type().getNumOfBytes());
  }

  /** Fills {@code memory}, whose position stays. */
  void copyTo(ByteBuffer memory) {
    switch (type()) {
      case INT32 -> {
        IntBuffer ints = memory.asIntBuffer();
        parts.forEach(part -> ints.put(((IntBuffer) part).duplicate()));
      }
      case FLOAT16 -> {
        ShortBuffer halves = memory.asShortBuffer();
        parts.forEach(part -> halves.put(((ShortBuffer) part).duplicate()));
      }
      default -> {
        FloatBuffer floats = memory.asFloatBuffer();
        parts.forEach(part -> floats.put(((FloatBuffer) part).duplicate()));
      }
    }
  }

  /** Of an array in one piece. */
  Buffer data() {
    if (parts.size() != 1) {
      throw new IllegalStateException("%s is in %d pieces".formatted(name, parts.size()));
    }
    return parts.get(0);
  }

  float[] floats() {
    FloatBuffer source = ((FloatBuffer) data()).duplicate();
    if (source.hasArray() && source.array().length == source.remaining()) {
      return source.array();
    }
    float[] values = new float[source.remaining()];
    source.get(values);
    return values;
  }

  int[] ints() {
    IntBuffer source = ((IntBuffer) data()).duplicate();
    if (source.hasArray() && source.array().length == source.remaining()) {
      return source.array();
    }
    int[] values = new int[source.remaining()];
    source.get(values);
    return values;
  }
}
