package dev.flamingostreams.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.flamingostreams.checkpoints.ModelException;
import dev.flamingostreams.checkpoints.Safetensors;
import dev.flamingostreams.checkpoints.SafetensorsWriter;
import dev.flamingostreams.checkpoints.StoredTensor;
import dev.flamingostreams.checkpoints.StoredType;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Weights, moments of the optimiser, and where the run stood, in one safetensors file. The first
 * format told only stage and step; its files are read still.
 */
final class Checkpoint {
  private static final String MEAN = "adam.mean.";
  private static final String VARIANCE = "adam.variance.";
  private static final String RECIPE = "recipe";
  private static final String CHECKSUM = "crc32";
  private static final JsonMapper JSON = new JsonMapper();

  private final Path file;
  private final Recipe recipe;

  Checkpoint(Path file, Recipe recipe) {
    this.file = file;
    this.recipe = recipe;
  }

  /** What a file held, every byte of it read. */
  record Content(Standing standing, Map<String, Stored> tensors) {
    void restore(TorchWeights weights, Optimiser optimiser) {
      tensors.forEach((name, stored) -> stored.put(name, weights, optimiser));
    }
  }

  private record Stored(float[] values, long... shape) {
    void put(String name, TorchWeights weights, Optimiser optimiser) {
      if (name.startsWith(MEAN)) {
        optimiser.means().put(name.substring(MEAN.length()), array(optimiser));
      } else if (name.startsWith(VARIANCE)) {
        optimiser.variances().put(name.substring(VARIANCE.length()), array(optimiser));
      } else {
        weights.put(name, values, shape);
      }
    }

    private NDArray array(Optimiser optimiser) {
      return optimiser.manager().create(values, new Shape(shape));
    }
  }

  /**
   * @throws TrainingException if a weight is no number, before anything is written
   */
  void write(Standing standing, TorchWeights weights, Optimiser optimiser) throws IOException {
    Map<String, NDArray> arrays = new LinkedHashMap<>(weights.all());
    optimiser.means().forEach((name, mean) -> arrays.put(MEAN + name, mean));
    optimiser.variances().forEach((name, variance) -> arrays.put(VARIANCE + name, variance));
    String things = JSON.writeValueAsString(recipe.things());
    Checksum checksum = new Checksum(standing + things);
    SafetensorsWriter writer = new SafetensorsWriter();
    for (Map.Entry<String, NDArray> entry : arrays.entrySet()) {
      NDArray array = entry.getValue();
      checksum.addFinite(entry.getKey(), array.toFloatArray(), standing);
      writer.tensor(
          entry.getKey(), StoredType.F32, array.getShape().getShape(), array::toFloatArray);
    }
    writer
        .metadata("stage", standing.stage())
        .metadata("step", Integer.toString(standing.step()))
        .metadata("loss", Double.toString(standing.loss()))
        .metadata("seconds", Double.toString(standing.seconds()))
        .metadata("skipped", Integer.toString(standing.skipped()))
        .metadata(RECIPE, things)
        .metadata(CHECKSUM, checksum.value())
        .write(file);
  }

  /**
   * Reads all of it.
   *
   * @throws ModelException if the file is damaged
   * @throws TrainingException if it belongs to another run
   */
  Content read() {
    Safetensors stored = Safetensors.open(file);
    Map<String, String> metadata = stored.metadata();
    Standing standing = standing(metadata);
    Map<String, Stored> tensors = new TreeMap<>();
    Checksum checksum = new Checksum(standing + metadata.getOrDefault(RECIPE, ""));
    for (StoredTensor tensor : stored.tensors()) {
      long[] shape = tensor.shape().stream().mapToLong(Long::longValue).toArray();
      float[] values = stored.floats(tensor.name());
      checksum.add(tensor.name(), values);
      tensors.put(tensor.name(), new Stored(values, shape));
    }
    if (!metadata.getOrDefault(CHECKSUM, checksum.value()).equals(checksum.value())) {
      throw new ModelException(file + ": it is damaged: what it holds is not what was written");
    }
    checkSameRun(standing, metadata);
    return new Content(standing, tensors);
  }

  private Standing standing(Map<String, String> metadata) {
    try {
      return new Standing(
          metadata.getOrDefault("stage", ""),
          Integer.parseInt(metadata.getOrDefault("step", "")),
          Double.parseDouble(metadata.getOrDefault("loss", "NaN")),
          Double.parseDouble(metadata.getOrDefault("seconds", "0")),
          Integer.parseInt(metadata.getOrDefault("skipped", "0")));
    } catch (NumberFormatException e) {
      throw new ModelException("%s: does not say where the run stood".formatted(file), e);
    }
  }

  private void checkSameRun(Standing standing, Map<String, String> metadata) {
    if (!Recipe.STAGES.contains(standing.stage())) {
      throw otherRun("it has a stage '%s'".formatted(standing.stage()));
    }
    int steps = recipe.plan(standing.stage()).steps();
    if (standing.step() < 0 || standing.step() > steps) {
      throw otherRun(
          "it is at step %d of stage %s, which has %d steps here"
              .formatted(standing.step(), standing.stage(), steps));
    }
    if (metadata.containsKey(RECIPE)) {
      recipe
          .difference(things(metadata.getOrDefault(RECIPE, "")), standing.stage())
          .ifPresent(
              difference -> {
                throw otherRun(difference);
              });
    }
  }

  private Map<String, String> things(String json) {
    try {
      return JSON.readValue(json, new TypeReference<LinkedHashMap<String, String>>() {});
    } catch (JsonProcessingException e) {
      throw new ModelException("%s: its recipe is not readable".formatted(file), e);
    }
  }

  private TrainingException otherRun(String difference) {
    return new TrainingException(
        "%s is of another run: %s; go on with what it began with, or name another directory"
            .formatted(file, difference));
  }
}
