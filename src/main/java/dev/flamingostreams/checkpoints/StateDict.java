package dev.flamingostreams.checkpoints;

import static dev.flamingostreams.checkpoints.TorchFormatException.shown;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Finds the tensors in what a checkpoint's pickle holds: a dictionary of them, or one under {@code
 * model_state_dict}, {@code state_dict} or {@code model} beside an optimizer's state and such.
 * Dictionaries inside it give names with dots. A {@code module.} that DistributedDataParallel put
 * before every name is taken off.
 */
final class StateDict {
  private static final List<String> ROOTS = List.of("model_state_dict", "state_dict", "model");
  private static final String WRAPPER = "module.";
  private static final int MAX_DEPTH = 16;
  private static final int MAX_NAME = 1000;
  private static final int MAX_ENTRIES = 1_000_000;

  private final Map<String, TensorView> tensors = new LinkedHashMap<>();
  private int entries;

  private StateDict() {}

  /** In the order of the pickle. */
  static Map<String, TensorView> tensors(Object checkpoint) {
    if (!(checkpoint instanceof Map<?, ?> top)) {
      throw new TorchFormatException("the file holds no dictionary of tensors");
    }
    StateDict found = new StateDict();
    found.collect("", root(top), 0);
    if (found.tensors.isEmpty()) {
      throw new TorchFormatException("the file holds no tensors");
    }
    return unwrapped(found.tensors);
  }

  private static Map<?, ?> root(Map<?, ?> top) {
    List<String> roots =
        ROOTS.stream()
            .filter(name -> top.get(name) instanceof Map<?, ?> map && holdsTensors(map))
            .toList();
    if (roots.size() > 1) {
      throw new TorchFormatException(
          "the file holds several models, %s: save one".formatted(String.join(", ", roots)));
    }
    return roots.isEmpty() || !(top.get(roots.get(0)) instanceof Map<?, ?> map) ? top : map;
  }

  private static boolean holdsTensors(Map<?, ?> map) {
    return map.values().stream().anyMatch(TensorView.class::isInstance);
  }

  private void collect(String prefix, Map<?, ?> map, int depth) {
    if (depth > MAX_DEPTH) {
      throw new TorchFormatException(
          "dictionaries are nested more than %d deep".formatted(MAX_DEPTH));
    }
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      if (++entries > MAX_ENTRIES) {
        throw new TorchFormatException(
            String.format(Locale.ROOT, "dictionaries hold more than %,d entries", MAX_ENTRIES));
      }
      if (entry.getValue() instanceof TensorView tensor) {
        add(name(prefix, entry.getKey()), tensor);
      } else if (entry.getValue() instanceof Map<?, ?> inner) {
        collect(name(prefix, entry.getKey()) + ".", inner, depth + 1);
      }
    }
  }

  private static String name(String prefix, Object key) {
    String name = prefix + key;
    if (name.length() > MAX_NAME) {
      throw new TorchFormatException("the name %s is too long".formatted(shown(name)));
    }
    return name;
  }

  private void add(String name, TensorView tensor) {
    if (tensors.putIfAbsent(name, tensor) != null) {
      throw new TorchFormatException("there are two tensors %s".formatted(shown(name)));
    }
  }

  private static Map<String, TensorView> unwrapped(Map<String, TensorView> tensors) {
    if (!tensors.keySet().stream().allMatch(name -> name.startsWith(WRAPPER))) {
      return tensors;
    }
    Map<String, TensorView> unwrapped = new LinkedHashMap<>();
    tensors.forEach((name, tensor) -> unwrapped.put(name.substring(WRAPPER.length()), tensor));
    return unwrapped;
  }
}
