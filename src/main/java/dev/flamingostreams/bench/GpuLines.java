package dev.flamingostreams.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The lines that {@code src/bench/gpu.sh} prints: of {@link EngineBench}, of {@code eager.py} and
 * of {@code floor.py}. Of two that tell of the same the later one counts.
 */
final class GpuLines {

  /** What is summed up together: an engine that runs a model. */
  record Subject(String model, String engine) {
    static Subject of(JsonNode line) {
      return new Subject(line.path("model").asText(), line.path("engine").asText());
    }
  }

  /** What a line of measurements is of. */
  record Shape(int frames, int batch) {
    static Shape of(JsonNode line) {
      return new Shape(line.path("frames").asInt(), line.path("batch").asInt());
    }
  }

  private final List<JsonNode> lines;

  private GpuLines(List<JsonNode> lines) {
    this.lines = lines;
  }

  /**
   * Reads the lines of a file.
   *
   * @throws IOException that names the first line which is no JSON object
   */
  static GpuLines read(Path file) throws IOException {
    List<JsonNode> lines = new ArrayList<>();
    for (String line : new String(Files.readAllBytes(file), UTF_8).lines().toList()) {
      lines.add(
          object(line)
              .orElseThrow(
                  () ->
                      new IOException(
                          "line %d of %s is no JSON object; delete it"
                              .formatted(lines.size() + 1, file))));
    }
    return new GpuLines(lines);
  }

  private static Optional<JsonNode> object(String line) {
    try {
      return Optional.of(new JsonMapper().readTree(line)).filter(JsonNode::isObject);
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  /** Engines of which there is any line, in the order of the lines. */
  List<Subject> subjects() {
    return lines.stream()
        .filter(line -> isAgreement(line) || isOfEngine(line))
        .map(Subject::of)
        .distinct()
        .toList();
  }

  /** What an engine took for each shape. */
  Map<Shape, JsonNode> measured(Subject subject) {
    Map<Shape, JsonNode> measured = new LinkedHashMap<>();
    lines.stream()
        .filter(line -> isOfEngine(line) && Subject.of(line).equals(subject))
        .forEach(line -> measured.put(Shape.of(line), line));
    return measured;
  }

  Optional<JsonNode> agreement(Subject subject) {
    return last(line -> isAgreement(line) && Subject.of(line).equals(subject));
  }

  /** What PyTorch took. */
  Optional<JsonNode> eager(String model, Shape shape) {
    return last(line -> line.has("longest") && isOf(line, model, shape));
  }

  Optional<JsonNode> floor(String model, Shape shape) {
    return last(line -> line.has("floor_ms") && isOf(line, model, shape));
  }

  private Optional<JsonNode> last(Predicate<JsonNode> wanted) {
    return lines.stream().filter(wanted).reduce((earlier, later) -> later);
  }

  private static boolean isOf(JsonNode line, String model, Shape shape) {
    return line.path("model").asText().equals(model) && Shape.of(line).equals(shape);
  }

  private static boolean isAgreement(JsonNode line) {
    return line.has("equal_clips") && line.has("reference");
  }

  private static boolean isOfEngine(JsonNode line) {
    return line.has("rounds") && line.has("whole");
  }
}
