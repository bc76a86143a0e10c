package dev.flamingostreams.engine;

import java.nio.Buffer;
import java.util.List;

/** What a graph gave. */
record Outputs(List<Array> arrays) {

  float[] floats(String name) {
    return get(name).floats();
  }

  int[] ints(String name) {
    return get(name).ints();
  }

  /** Floats or half floats, as the graph gives them. */
  Buffer data(String name) {
    return get(name).data();
  }

  private Array get(String name) {
    return arrays.stream()
        .filter(array -> array.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("the graph gave no " + name));
  }
}
