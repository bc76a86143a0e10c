package dev.flamingostreams.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
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
 * Weights, moments of the optimiser, the mean of rounds, and where the run stood, in one
 * safetensors file. The first format told only stage and step; its files are read still.
 */
final class Checkpoint {
  private static final String MEAN = "adam.mean.";
  private static final String VARIANCE = "adam.variance.";
  private static final String ROUND_MEAN = "round.mean.";
  private static final String ROUNDS = "rounds";
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
  record Content(Standing standing, int rounds, Map<String, Stored> tensors) {
    void restore(Learner learner) {
      learner.mean().restore(rounds);
      tensors.forEach((name, stored) -> stored.put(name, learner));
    }
  }

  private record Stored(float[] values, long... shape) {
    void put(String name, Learner learner) {
      Optimiser optimiser = learner.optimiser();
      if (name.startsWith(MEAN)) {
        optimiser.means().put(name.substring(MEAN.length()), array(optimiser.manager()));
      } else if (name.startsWith(VARIANCE)) {
        optimiser.variances().put(name.substring(VARIANCE.length()), array(optimiser.manager()));
      } else if (name.startsWith(ROUND_MEAN)) {
        Map<String, NDArray> means = learner.mean().means();
        means.put(name.substring(ROUND_MEAN.length()), array(learner.manager()));
      } else {
        learner.weights().put(name, values, shape);
      }
    }

    private NDArray array(NDManager manager) {
      return manager.create(values, new Shape(shape));
    }
  }

  /**
   * @throws TrainingException if a weight is no number, before anything is written
   */
  void write(Standing standing, Learner learner) throws IOException {
    Map<String, NDArray> arrays = new LinkedHashMap<>(learner.weights().all());
    Optimiser optimiser = learner.optimiser();
    optimiser.means().forEach((name, mean) -> arrays.put(MEAN + name, mean));
    optimiser.variances().forEach((name, variance) -> arrays.put(VARIANCE + name, variance));
    learner.mean().means().forEach((name, mean) -> arrays.put(ROUND_MEAN + name, mean));
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
        .metadata(ROUNDS, Integer.toString(learner.mean().rounds()))
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
    return new Content(standing, rounds(metadata), tensors);
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

  private int rounds(Map<String, String> metadata) {
    try {
      return Integer.parseInt(metadata.getOrDefault(ROUNDS, "0"));
    } catch (NumberFormatException e) {
      throw new ModelException(
          "%s: does not say of how many rounds its mean is".formatted(file), e);
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
