package dev.flamingostreams.conversion;

import dev.flamingostreams.checkpoints.CheckpointTensor;
import dev.flamingostreams.checkpoints.ModelException;
import dev.flamingostreams.checkpoints.StoredType;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Of which tensor of a checkpoint each weight of a model is made, and how. */
final class Recipe {
  private static final Set<StoredType> TYPES =
      EnumSet.of(StoredType.F64, StoredType.F32, StoredType.F16, StoredType.BF16);

  private final Map<String, Ingredient> ingredients = new LinkedHashMap<>();

  private record Ingredient(Sources.Origin origin, Transform transform) {}

  void add(String weight, Sources.Origin origin, Transform transform) {
    if (ingredients.put(weight, new Ingredient(origin, transform)) != null) {
      throw new IllegalStateException("weight " + weight + " is made twice");
    }
  }

  /** Throws unless exactly these weights are made, of tensors of fitting shapes. */
  void check(Map<String, List<Long>> wanted) {
    if (!wanted.keySet().equals(ingredients.keySet())) {
      throw new IllegalStateException(
          "the model has weights %s, made are %s".formatted(wanted.keySet(), ingredients.keySet()));
    }
    wanted.forEach((weight, shape) -> check(ingredient(weight), shape));
  }

  private static void check(Ingredient ingredient, List<Long> shape) {
    CheckpointTensor tensor = ingredient.origin.tensor();
    List<Long> expected = ingredient.transform.source().apply(shape);
    if (!tensor.shape().equals(expected)) {
      throw new ModelException(
          "%s has shape %s, must be %s".formatted(ingredient.origin, tensor.shape(), expected));
    }
    if (!TYPES.contains(tensor.type())) {
      throw new ModelException(
          "%s is %s, weights are one of %s".formatted(ingredient.origin, tensor.type(), TYPES));
    }
  }

  /** Reads and makes a weight. */
  float[] make(String weight, List<Long> shape) {
    Ingredient ingredient = ingredient(weight);
    return ingredient.transform.apply(ingredient.origin.read(), shape);
  }

  private Ingredient ingredient(String weight) {
    Ingredient ingredient = ingredients.get(weight);
    if (ingredient == null) {
      throw new IllegalArgumentException("nothing makes weight " + weight);
    }
    return ingredient;
  }
}
