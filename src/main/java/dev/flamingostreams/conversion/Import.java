package dev.flamingostreams.conversion;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.flamingostreams.checkpoints.ModelDestination;
import dev.flamingostreams.checkpoints.ModelDirectory;
import dev.flamingostreams.checkpoints.ModelException;
import dev.flamingostreams.checkpoints.SafetensorsWriter;
import dev.flamingostreams.flamingo.FlamingoConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Makes a model directory of released checkpoints. One tensor is in memory at a time, and a second
 * one while it is transposed. What does not fit together is a {@link
 * dev.flamingostreams.checkpoints.ModelException} that names the file and the tensor or key; then
 * nothing is written.
 */
public final class Import {
  private static final JsonMapper JSON = new JsonMapper();

  private final Path vision;
  private final Path language;
  private final Path flamingo;

  private Import(Path vision, Path language, Path flamingo) {
    this.vision = vision;
    this.language = language;
    this.flamingo = flamingo;
  }

  /**
   * Of these parts.
   *
   * @param vision the directory of a vision encoder: CLIP of transformers or open_clip, or dm_nfnet
   *     of timm
   * @param language the directory of a language model of transformers, with its tokenizer
   * @param flamingo OpenFlamingo's checkpoint, or flamingo-mini's beside its config, or a directory
   *     that holds one
   */
  public static Import of(Path vision, Path language, Path flamingo) {
    return new Import(vision, language, flamingo);
  }

  public ModelDirectory to(Path out, ImportOptions options) throws IOException {
    return to(out, options, (done, all, bytes, allBytes) -> {});
  }

  /** Writes a draft of the model first, then moves it to its place. */
  public ModelDirectory to(Path out, ImportOptions options, ImportProgress progress)
      throws IOException {
    ModelDestination destination = ModelDestination.of(out, options.replace());
    Assembly assembly = new Assembly(vision, language, flamingo);
    FlamingoConfig config = assembly.config(options.id());
    Map<String, List<Long>> shapes = assembly.shapes(config);
    assembly.checkTwins();
    try (destination) {
      Path part = destination.begin();
      writeWeights(assembly, shapes, options, progress, part);
      assembly.tokenizer().write(part.resolve(ModelDirectory.TOKENIZER));
      Files.writeString(
          part.resolve(ModelDirectory.CONFIG), JSON.valueToTree(config).toPrettyString() + "\n");
      ModelDirectory model = ModelDirectory.open(part);
      Files.writeString(
          part.resolve(ModelDirectory.CARD),
          new ModelCard(config, assembly.names(), sources(), shapes, options.type())
              .text(model.weightsHash()));
      destination.finish();
    }
    return ModelDirectory.open(out);
  }

  /** Their last names: a card tells no one's directories. */
  private List<String> sources() {
    return List.of(vision, language, flamingo).stream()
        .map(path -> String.valueOf(path.toAbsolutePath().normalize().getFileName()))
        .toList();
  }

  private static void writeWeights(
      Assembly assembly,
      Map<String, List<Long>> shapes,
      ImportOptions options,
      ImportProgress progress,
      Path directory)
      throws IOException {
    SafetensorsWriter writer = new SafetensorsWriter();
    Meter meter = new Meter(shapes, options.type(), progress);
    shapes.forEach(
        (name, shape) ->
            writer.tensor(
                name,
                options.type(),
                shape.stream().mapToLong(Long::longValue).toArray(),
                () -> {
                  meter.next(shape);
                  return finite(name, assembly.make(name, shape));
                }));
    writer.write(directory.resolve(ModelDirectory.WEIGHTS));
    meter.end();
  }

  private static float[] finite(String name, float[] values) {
    for (float value : values) {
      if (!Float.isFinite(value)) {
        throw new ModelException(
            "the checkpoint of weight %s holds %s: it is damaged, fetch it anew"
                .formatted(name, value));
      }
    }
    return values;
  }
}
