package dev.flamingostreams.conversion;

/**
 * A part of a recipe: weights and tensors whose names begin alike.
 *
 * @param to what the names of weights begin with
 * @param from what those of tensors begin with
 */
record Part(Recipe recipe, Sources sources, String to, String from) {

  /** Deeper on both sides. */
  Part at(String weights, String tensors) {
    return new Part(recipe, sources, name(to, weights), name(from, tensors));
  }

  void copy(String weight, String tensor) {
    make(weight, tensor, Transform.COPY);
  }

  void make(String weight, String tensor, Transform transform) {
    recipe.add(name(to, weight), sources.use(name(from, tensor)), transform);
  }

  void norm(String weight, String tensor, boolean biased) {
    copy(weight + ".weight", tensor + ".weight");
    if (biased) {
      copy(weight + ".bias", tensor + ".bias");
    }
  }

  void linear(String weight, String tensor, boolean biased) {
    make(weight + ".weight", tensor + ".weight", Transform.TRANSPOSE);
    if (biased) {
      copy(weight + ".bias", tensor + ".bias");
    }
  }

  /** Linear layers whose matrices lie one below the other. */
  void fused(String tensor, boolean biased, String... weights) {
    for (int i = 0; i < weights.length; i++) {
      make(weights[i] + ".weight", tensor + ".weight", Transform.part(i, weights.length, true));
      if (biased) {
        make(weights[i] + ".bias", tensor + ".bias", Transform.part(i, weights.length, false));
      }
    }
  }

  private static String name(String prefix, String name) {
    return prefix.isEmpty() || name.isEmpty() ? prefix + name : prefix + "." + name;
  }
}
