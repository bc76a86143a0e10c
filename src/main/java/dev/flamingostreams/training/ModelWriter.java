package dev.flamingostreams.training;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.flamingostreams.checkpoints.ModelDirectory;
import dev.flamingostreams.checkpoints.StoredType;
import dev.flamingostreams.checkpoints.WholeFile;
import dev.flamingostreams.flamingo.FlamingoConfig;
import java.io.IOException;
import java.nio.file.Path;

/** Writes what was learnt as a model directory: config, tokenizer, weights in half precision. */
final class ModelWriter {
  private final Path directory;

  ModelWriter(Path directory) {
    this.directory = directory;
  }

  void write(FlamingoConfig config, Vocabulary vocabulary, TorchWeights weights)
      throws IOException {
    WholeFile.write(directory.resolve(ModelDirectory.TOKENIZER), vocabulary.toJson());
    WholeFile.write(
        directory.resolve(ModelDirectory.CONFIG),
        new JsonMapper().valueToTree(config).toPrettyString() + "\n");
    weights.write(
        directory.resolve(ModelDirectory.WEIGHTS), ModelWriter::isWritten, StoredType.F16);
  }

  /** Some weights are of use in training alone. */
  static boolean isWritten(String weight) {
    return !weight.startsWith("contrastive.");
  }
}
