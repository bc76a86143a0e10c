package dev.flamingostreams.onnx;

import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * What is known of a value of a graph that is read.
 *
 * @param depth of the innermost loop that it changes with; 0: none
 * @param integers of an initializer of 64-bit integers
 */
record GraphValue(
    String name,
    ElementType type,
    int rank,
    int depth,
    boolean isInitializer,
    List<Long> integers) {

  static GraphValue computed(String name, ElementType type, int rank, int depth) {
    return new GraphValue(name, type, rank, depth, false, List.of());
  }

  /** Of a TensorProto. */
  static GraphValue initializer(Fields tensor) {
    ElementType type = ElementType.of(tensor.integer(2));
    List<Long> integers = type == ElementType.INT64 ? integers(tensor.data(9)) : new ArrayList<>();
    return new GraphValue(tensor.text(8), type, tensor.integers(1).size(), 0, true, integers);
  }

  private static List<Long> integers(ByteString data) {
    ByteBuffer buffer = data.asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
    List<Long> integers = new ArrayList<>();
    while (buffer.hasRemaining()) {
      integers.add(buffer.getLong());
    }
    return integers;
  }

  /** Of a ValueInfoProto. */
  static GraphValue declared(Fields value, int depth) {
    Fields tensor = value.message(2).message(1);
    int rank = tensor.message(2).messages(1).size();
    return computed(value.text(1), ElementType.of(tensor.integer(1)), rank, depth);
  }

  /** The sizes that a ValueInfoProto says; 0 for one that is not fixed. */
  static List<Long> shape(Fields value) {
    return value.message(2).message(1).message(2).messages(1).stream()
        .map(dimension -> dimension.integer(1))
        .toList();
  }
}
