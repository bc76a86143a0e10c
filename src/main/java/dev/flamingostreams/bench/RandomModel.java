package dev.flamingostreams.bench;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.flamingostreams.checkpoints.ModelDestination;
import dev.flamingostreams.checkpoints.ModelDirectory;
import dev.flamingostreams.checkpoints.SafetensorsWriter;
import dev.flamingostreams.checkpoints.StoredType;
import dev.flamingostreams.flamingo.FlamingoConfig;
import dev.flamingostreams.flamingo.WeightShapes;
import dev.flamingostreams.onnx.OnnxBackend;
import dev.flamingostreams.tensor.DataType;
import dev.flamingostreams.tensor.Shapes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Writes a model directory with weights that were drawn, not learnt: the same ones each time, one
 * tensor in memory at a time. All gates are open, so that every part counts.
 */
public final class RandomModel {
  private RandomModel() {}

  /** The same, where nothing is yet. */
  public static long write(String shape, Path out) throws IOException {
    return write(shape, out, false);
  }

  /**
   * Writes the directory, whole or not at all, and gives the number of weights.
   *
   * @param shape one of {@link RandomShape#NAMES}
   * @param replace what the directory holds
   */
  public static long write(String shape, Path out, boolean replace) throws IOException {
    FlamingoConfig config = RandomShape.named(shape);
    try (ModelDestination destination = ModelDestination.of(out, replace)) {
      long weights = write(config, destination.begin());
      destination.finish();
      return weights;
    }
  }

  private static long write(FlamingoConfig config, Path directory) throws IOException {
    SafetensorsWriter writer = new SafetensorsWriter();
    Map<String, long[]> shapes = new LinkedHashMap<>();
    shapes(config)
        .forEach((name, sizes) -> shapes.put(name, sizes.stream().mapToLong(n -> n).toArray()));
    shapes.forEach(
        (name, size) -> writer.tensor(name, StoredType.F32, size, () -> values(name, size)));
    writer.write(directory.resolve(ModelDirectory.WEIGHTS));
    Files.writeString(
        directory.resolve(ModelDirectory.TOKENIZER),
        RandomTokenizer.json(config.language().vocabulary()));
    Files.writeString(
        directory.resolve(ModelDirectory.CONFIG),
        new JsonMapper().valueToTree(config).toPrettyString() + "\n");
    return shapes.values().stream().mapToLong(Shapes::size).sum();
  }

  /** Every weight that the model asks for. */
  private static Map<String, List<Long>> shapes(FlamingoConfig config) {
    OnnxBackend graph = new OnnxBackend("names");
    return WeightShapes.of(
        config, (name, shape) -> graph.input(name, DataType.FLOAT, shape), graph);
  }

  /** Of a size that keeps the size of what goes through; norms are near 1, the rest is near 0. */
  private static float[] values(String name, long... shape) {
    SplittableRandom random = new SplittableRandom(name.hashCode());
    float[] values = new float[Math.toIntExact(Shapes.size(shape))];
    double middle = name.endsWith("norm.weight") || name.endsWith("gate") ? 1 : 0;
    double spread = spread(name, shape) * Math.sqrt(3);
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (middle + spread * (2 * random.nextDouble() - 1));
    }
    return values;
  }

  private static double spread(String name, long... shape) {
    if (name.endsWith("embeddings")) {
      return 0.03;
    }
    return switch (shape.length) {
      case 1 -> 0.1;
      case 2 -> 1 / Math.sqrt((double) shape[0]);
      default -> Math.sqrt((double) shape[0] / Shapes.size(shape));
    };
  }
}
