package dev.flamingostreams.onnx;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A node of a graph that is read. */
record Node(
    String name,
    String operator,
    List<String> inputs,
    List<String> outputs,
    Map<String, Fields> attributes) {

  /** Of a NodeProto. */
  static Node of(Fields node) {
    Map<String, Fields> attributes = new LinkedHashMap<>();
    node.messages(5).forEach(attribute -> attributes.put(attribute.text(1), attribute));
    return new Node(node.text(3), node.text(4), node.texts(1), node.texts(2), attributes);
  }

  long integer(String attribute, long otherwise) {
    Fields found = attributes.get(attribute);
    return found == null ? otherwise : found.integer(3);
  }

  /** How many integers an attribute lists. */
  int count(String attribute) {
    Fields found = attributes.get(attribute);
    return found == null ? 0 : found.integers(8).size();
  }

  /** A GraphProto; one without nodes if there is none. */
  Fields graph(String attribute) {
    Fields found = attributes.get(attribute);
    return found == null ? Fields.NONE : found.message(6);
  }

  IllegalArgumentException refused(String why) {
    return new IllegalArgumentException(
        "TensorRT 8.6 does not take node %s (%s): %s".formatted(name, operator, why));
  }
}
