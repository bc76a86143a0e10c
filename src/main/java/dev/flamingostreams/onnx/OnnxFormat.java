package dev.flamingostreams.onnx;

import com.google.protobuf.ByteString;
import dev.flamingostreams.tensor.DataType;
import java.util.List;

/**
 * The messages of the ONNX file format that graphs are made of, with the field numbers of its
 * onnx.proto (IR version 8, which goes with opset 17).
 */
final class OnnxFormat {
  static final int OPSET = 17;

  static final int FLOAT = 1;
  static final int INT32 = 6;
  static final int INT64 = 7;
  static final int BOOL = 9;
  static final int FLOAT16 = 10;
  static final int BFLOAT16 = 16;

  private static final int IR_VERSION = 8;
  private static final int EXTERNAL = 1;

  private OnnxFormat() {}

  static int elementType(DataType type) {
    return switch (type) {
      case FLOAT -> FLOAT;
      case INT -> INT32;
      case BOOL -> BOOL;
    };
  }

  /** ModelProto. */
  static Message model(Message graph) {
    return new Message()
        .integer(1, IR_VERSION)
        .text(2, "flamingo-streams")
        .message(7, graph)
        .message(8, new Message().text(1, "").integer(2, OPSET));
  }

  /** GraphProto. */
  static Message graph(
      String name,
      List<Message> nodes,
      List<Message> initializers,
      List<Message> inputs,
      List<Message> outputs) {
    Message graph = new Message();
    nodes.forEach(node -> graph.message(1, node));
    graph.text(2, name);
    initializers.forEach(initializer -> graph.message(5, initializer));
    inputs.forEach(input -> graph.message(11, input));
    outputs.forEach(output -> graph.message(12, output));
    return graph;
  }

  /** NodeProto; each attribute is an AttributeProto. */
  static Message node(
      String name,
      String operator,
      List<String> inputs,
      List<String> outputs,
      List<Message> attributes) {
    Message node = new Message();
    inputs.forEach(input -> node.text(1, input));
    outputs.forEach(output -> node.text(2, output));
    node.text(3, name).text(4, operator);
    attributes.forEach(attribute -> node.message(5, attribute));
    return node;
  }

  static Message attribute(String name, float value) {
    return new Message().text(1, name).real(2, value).integer(20, 1);
  }

  static Message attribute(String name, long value) {
    return new Message().text(1, name).integer(3, value).integer(20, 2);
  }

  static Message attribute(String name, Message graph) {
    return new Message().text(1, name).message(6, graph).integer(20, 5);
  }

  static Message attribute(String name, long[] values) {
    return new Message().text(1, name).integers(8, values).integer(20, 7);
  }

  /** ValueInfoProto with a TypeProto of a tensor of static shape. */
  static Message value(String name, int elementType, long... shape) {
    Message dimensions = new Message();
    for (long size : shape) {
      dimensions.message(1, new Message().integer(1, size));
    }
    Message tensor = new Message().integer(1, elementType).message(2, dimensions);
    return new Message().text(1, name).message(2, new Message().message(1, tensor));
  }

  /** TensorProto that holds its data, little-endian. */
  static Message tensor(String name, int elementType, long[] shape, ByteString data) {
    return tensor(name, elementType, shape).data(9, data);
  }

  /** TensorProto whose data lies in a file beside the model. */
  static Message external(
      String name, int elementType, long[] shape, String file, long offset, long length) {
    Message tensor = tensor(name, elementType, shape);
    tensor.message(13, entry("location", file));
    tensor.message(13, entry("offset", Long.toString(offset)));
    tensor.message(13, entry("length", Long.toString(length)));
    return tensor.integer(14, EXTERNAL);
  }

  private static Message entry(String key, String value) {
    return new Message().text(1, key).text(2, value);
  }

  private static Message tensor(String name, int elementType, long... shape) {
    return new Message().integers(1, shape).integer(2, elementType).text(8, name);
  }
}
