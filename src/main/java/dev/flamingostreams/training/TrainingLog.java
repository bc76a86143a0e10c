package dev.flamingostreams.training;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;

/** The curve of a run, a JSON line now and then; a resumed run goes on with it. */
final class TrainingLog {
  private static final int EVERY = 50;
  private static final JsonMapper JSON = new JsonMapper();

  private final Path file;

  TrainingLog(Path file) {
    this.file = file;
  }

  void step(Stage stage, int step, double loss, double learningRate, double gradientNorm)
      throws IOException {
    if (step % EVERY != 0 && step != stage.plan().steps()) {
      return;
    }
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("stage", stage.name());
    line.put("step", step);
    line.put("loss", loss);
    line.put("learningRate", learningRate);
    line.put("gradientNorm", gradientNorm);
    Files.writeString(
        file,
        JSON.writeValueAsString(line) + "\n",
        StandardCharsets.UTF_8,
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
  }
}
