package dev.flamingostreams.engine;

import java.util.List;

/** What a graph gave. */
record Outputs(List<Array> arrays) {

  float[] floats(String name) {
    return get(name).floats();
  }

  int[] ints(String name) {
    return get(name).ints();
  }

  private Array get(String name) {
    return arrays.stream()
        .filter(array -> array.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("the graph gave no " + name));
  }
}
