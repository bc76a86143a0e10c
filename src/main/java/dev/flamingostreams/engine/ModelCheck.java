package dev.flamingostreams.engine;

import dev.flamingostreams.checkpoints.ModelDirectory;
import dev.flamingostreams.checkpoints.ModelException;
import dev.flamingostreams.checkpoints.Safetensors;
import dev.flamingostreams.checkpoints.StoredTensor;
import dev.flamingostreams.checkpoints.StoredType;
import dev.flamingostreams.checkpoints.Tokenizer;
import dev.flamingostreams.flamingo.ConfigReader;
import dev.flamingostreams.flamingo.FlamingoConfig;
import dev.flamingostreams.flamingo.WeightShapes;
import dev.flamingostreams.onnx.OnnxBackend;
import dev.flamingostreams.tensor.DataType;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Whether a model is whole.
 *
 * @param faults why it cannot be run, a line each; empty if it can
 * @param surplus names of tensors that the model does not ask for
 */
public record ModelCheck(FlamingoConfig config, List<String> faults, List<String> surplus) {
  private static final Set<StoredType> TYPES =
      EnumSet.of(StoredType.F32, StoredType.F16, StoredType.BF16);

  public ModelCheck {
    faults = List.copyOf(faults);
    surplus = List.copyOf(surplus);
  }

  /** A {@link ModelException} of one line says why a model cannot even be checked. */
  public static ModelCheck of(ModelDirectory directory) {
    FlamingoConfig config = ConfigReader.read(directory);
    Map<String, List<Long>> wanted = wanted(directory, config);
    Safetensors weights = directory.weights();
    List<String> faults = new ArrayList<>();
    wanted.forEach((name, shape) -> checkWeight(weights, name, shape, faults));
    checkTokens(directory, config, faults);
    List<String> surplus =
        weights.tensors().stream()
            .map(StoredTensor::name)
            .filter(name -> !wanted.containsKey(name))
            .toList();
    return new ModelCheck(config, faults, surplus);
  }

  private static Map<String, List<Long>> wanted(ModelDirectory directory, FlamingoConfig config) {
    try {
      OnnxBackend graph = new OnnxBackend("shapes");
      return WeightShapes.of(
          config, (name, shape) -> graph.input(name, DataType.FLOAT, shape), graph);
    } catch (IllegalArgumentException e) {
      throw new ModelException(
          "%s describes no model that can be: %s"
              .formatted(directory.path().resolve(ModelDirectory.CONFIG), e.getMessage()),
          e);
    }
  }

  private static void checkWeight(
      Safetensors weights, String name, List<Long> shape, List<String> faults) {
    if (!weights.contains(name)) {
      faults.add("tensor %s %s is missing".formatted(name, shape));
      return;
    }
    StoredTensor stored = weights.tensor(name);
    if (!stored.shape().equals(shape)) {
      faults.add(
          "tensor %s has shape %s, the config asks for %s".formatted(name, stored.shape(), shape));
    } else if (!TYPES.contains(stored.type())) {
      faults.add("tensor %s is %s, weights are F32, F16 or BF16".formatted(name, stored.type()));
    }
  }

  private static void checkTokens(
      ModelDirectory directory, FlamingoConfig config, List<String> faults) {
    try (Tokenizer tokenizer = directory.tokenizer()) {
      Engine.checkTokens(directory.path(), config, tokenizer);
    } catch (ModelException e) {
      faults.add(String.valueOf(e.getMessage()));
    }
  }
}
