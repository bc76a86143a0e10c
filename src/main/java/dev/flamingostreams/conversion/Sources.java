package dev.flamingostreams.conversion;

import dev.flamingostreams.checkpoints.Checkpoint;
import dev.flamingostreams.checkpoints.CheckpointTensor;
import dev.flamingostreams.checkpoints.ModelException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The tensors of one part of a model, under the names of the project that it is from. They may lie
 * in checkpoints one over the other: what a Flamingo checkpoint holds of its language model
 * replaces what the language model itself was released with.
 */
final class Sources {
  private static final int MAX_NAMED = 5;

  private final List<Checkpoint> layers = new ArrayList<>();
  private final Map<String, List<Origin>> origins = new LinkedHashMap<>();
  private final Map<String, List<Origin>> unused = new LinkedHashMap<>();
  private final List<Twins> twins = new ArrayList<>();

  /** A tensor in its file. */
  record Origin(Checkpoint checkpoint, CheckpointTensor tensor) {
    float[] read() {
      return checkpoint.floats(tensor.name());
    }

    @Override
    public String toString() {
      return "%s: tensor %s".formatted(checkpoint.file(), tensor.name());
    }
  }

  /** Two tensors that are one, so that only one of them is used. */
  record Twins(Origin used, Origin other) {}

  /**
   * Adds what is not there yet.
   *
   * @param names the name of a tensor here, by that in the checkpoint; empty if it is of another
   *     part
   */
  void add(Checkpoint checkpoint, Function<String, Optional<String>> names) {
    layers.add(checkpoint);
    Map<String, List<Origin>> layer = new LinkedHashMap<>();
    for (CheckpointTensor tensor : checkpoint.tensors()) {
      names
          .apply(tensor.name())
          .ifPresent(
              name ->
                  layer
                      .computeIfAbsent(name, key -> new ArrayList<>())
                      .add(new Origin(checkpoint, tensor)));
    }
    layer.forEach(
        (name, found) -> {
          if (origins.putIfAbsent(name, found) == null) {
            unused.put(name, found);
          }
        });
  }

  boolean contains(String name) {
    return origins.containsKey(name);
  }

  /** Whether the tensor lies in the first checkpoint that was added. */
  boolean replaced(String name) {
    return origin(name).checkpoint() == layers.get(0);
  }

  List<Long> shape(String name) {
    return origin(name).tensor().shape();
  }

  /** The length of one axis of a tensor that has so many. */
  int size(String name, int axis, int axes) {
    List<Long> shape = shape(name);
    if (shape.size() != axes || shape.get(axis) > Integer.MAX_VALUE) {
      throw new ModelException(
          "%s has shape %s, must have %d axes".formatted(origin(name), shape, axes));
    }
    return shape.get(axis).intValue();
  }

  /** The numbers n of the tensors whose names begin with the prefix, n, and a dot. */
  Set<Integer> numbers(String prefix) {
    Pattern pattern = Pattern.compile(Pattern.quote(prefix) + "([0-9]{1,4})\\..*");
    return origins.keySet().stream()
        .map(pattern::matcher)
        .filter(matcher -> matcher.matches())
        .map(matcher -> Integer.valueOf(matcher.group(1)))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  Origin origin(String name) {
    List<Origin> found = origins.get(name);
    if (found == null) {
      throw new ModelException("%s has no tensor named %s".formatted(files(), name));
    }
    return found.get(0);
  }

  /** The tensor, which counts as used from now on. */
  Origin use(String name) {
    Origin used = origin(name);
    List<Origin> all = origins.getOrDefault(name, List.of());
    if (unused.remove(name) != null) {
      all.stream().skip(1).forEach(other -> twins.add(new Twins(used, other)));
    }
    return used;
  }

  /** Lets tensors be there that are of no use. */
  void ignore(String pattern) {
    unused.keySet().removeIf(Pattern.compile(pattern).asMatchPredicate());
  }

  /**
   * Lets a tensor be there that is the same as another. One in a checkpoint that lies beneath the
   * other's was replaced with it; one in a checkpoint above would be lost, and is refused.
   */
  void same(String alias, String name) {
    List<Origin> found = unused.remove(alias);
    if (found == null) {
      return;
    }
    Origin kept = origin(name);
    int above = layer(kept) - layer(found.get(0));
    if (above > 0) {
      throw new ModelException(
          "%s replaces %s, which is the same tensor: save both in %s"
              .formatted(found.get(0), kept, found.get(0).checkpoint().file()));
    }
    if (above == 0) {
      found.forEach(other -> twins.add(new Twins(kept, other)));
    }
  }

  private int layer(Origin origin) {
    return layers.indexOf(origin.checkpoint());
  }

  List<Twins> twins() {
    return List.copyOf(twins);
  }

  /** Throws if there is a tensor that was neither used nor let be. */
  void requireAllUsed() {
    if (unused.isEmpty()) {
      return;
    }
    List<Origin> surplus = unused.values().stream().map(found -> found.get(0)).toList();
    throw new ModelException(
        "%s holds %d tensors that are not known to belong to it: %s%s"
            .formatted(
                surplus.get(0).checkpoint().file(),
                surplus.size(),
                surplus.stream()
                    .limit(MAX_NAMED)
                    .map(origin -> origin.tensor().name())
                    .collect(Collectors.joining(", ")),
                surplus.size() > MAX_NAMED ? ", ..." : ""));
  }

  private String files() {
    return layers.stream()
        .map(checkpoint -> checkpoint.file().toString())
        .distinct()
        .collect(Collectors.joining(" or "));
  }
}
