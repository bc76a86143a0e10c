package dev.flamingostreams.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the lines of a run of {@code src/bench/gpu.sh} come to, and whether that is enough. */
public final class GpuSummary {
  private static final Goal TIMES_FASTER = Goal.atLeast(3);
  private static final Goal SHARE = Goal.atLeast(0.5);
  private static final Goal CLIPS = Goal.atLeast(200);
  private static final Goal EQUAL_SHARE = Goal.atLeast(0.99);
  private static final Goal LOGITS_ERROR = Goal.atMost(0.02);
  private static final List<String> PARTS = List.of("vision", "resampler", "describe", "whole");
  private static final JsonMapper JSON = new JsonMapper();

  private final GpuLines lines;

  private GpuSummary(GpuLines lines) {
    this.lines = lines;
  }

  /**
   * A line of JSON for each engine and model; what was not measured is left out.
   *
   * @throws IOException if the file cannot be read or has a line that is no JSON object
   */
  public static List<String> of(Path file) throws IOException {
    GpuSummary summary = new GpuSummary(GpuLines.read(file));
    return summary.lines.subjects().stream().map(summary::line).toList();
  }

  private String line(GpuLines.Subject subject) {
    ObjectNode all = JSON.createObjectNode();
    all.put("summary_of", subject.model()).put("engine", subject.engine());
    lines.agreement(subject).ifPresent(line -> all.set("agreement", agreement(line)));
    Map<GpuLines.Shape, JsonNode> measured = lines.measured(subject);
    if (!measured.isEmpty()) {
      all.set(
          "shapes",
          JSON.valueToTree(
              measured.entrySet().stream()
                  .map(entry -> shape(subject.model(), entry.getKey(), entry.getValue()))
                  .toList()));
    }
    return all.toString();
  }

  private static ObjectNode agreement(JsonNode line) {
    double clips = line.path("clips").asInt();
    ObjectNode all = JSON.createObjectNode();
    all.put("reference", line.path("reference").asText());
    all.put("frames", line.path("frames").asInt());
    all.set("clips", CLIPS.of(clips));
    all.set("equal_share", EQUAL_SHARE.of(line.path("equal_clips").asInt() / clips));
    double error = line.path("logits_relative_error").asDouble(Double.NaN);
    all.set("logits_relative_error", LOGITS_ERROR.of(error));
    return all;
  }

  private ObjectNode shape(String model, GpuLines.Shape shape, JsonNode engine) {
    ObjectNode all = JSON.createObjectNode();
    all.put("frames", shape.frames()).put("batch", shape.batch());
    Optional<JsonNode> eager = lines.eager(model, shape);
    eager.ifPresent(line -> compare(all, line, engine, shape.batch()));
    lines.floor(model, shape).ifPresent(floor -> shares(all, floor, engine, eager.isPresent()));
    return all;
  }

  /** Without PyTorch's texts the floor of decoding is that of the longest ones possible. */
  private static void shares(ObjectNode all, JsonNode floor, JsonNode engine, boolean ofTexts) {
    JsonNode operations = floor.path("vision").path("flops_ms");
    put(all, "vision_share_of_matrix_ceiling", SHARE, operations, engine.path("vision"));
    if (ofTexts) {
      JsonNode bytes = floor.path("decode").path("bytes_ms");
      put(all, "decoding_share_of_bandwidth", SHARE, bytes, engine.path("describe"));
    }
  }

  /** Something is asked of the whole only, and of one clip at a time. */
  private static void compare(ObjectNode all, JsonNode eager, JsonNode engine, int batch) {
    ObjectNode ratios = all.putObject("times_faster_than_pytorch");
    for (String part : PARTS) {
      Goal goal = part.equals("whole") && batch == 1 ? TIMES_FASTER : Goal.NONE;
      put(ratios, part, goal, eager.path(part).path("median_ms"), engine.path(part));
    }
    if (engine.path("tokens").size() > 0 && eager.path("tokens").size() == batch) {
      all.put("clips_described_as_by_pytorch", equalClips(eager, engine, batch));
    }
  }

  private static void put(
      ObjectNode into, String name, Goal goal, JsonNode millis, JsonNode engine) {
    JsonNode median = engine.path("median");
    if (millis.isNumber() && median.asDouble() > 0) {
      into.set(name, goal.of(millis.asDouble() / median.asDouble()));
    }
  }

  /** The floor is that of PyTorch's texts: of other ones the engine may have to write more. */
  private static int equalClips(JsonNode eager, JsonNode engine, int batch) {
    int[] given = JSON.convertValue(engine.path("tokens"), int[].class);
    int each = given.length / batch;
    int equal = 0;
    for (int i = 0; i < batch; i++) {
      int[] expected = JSON.convertValue(eager.path("tokens").path(i), int[].class);
      equal += Arrays.equals(expected, Arrays.copyOfRange(given, i * each, (i + 1) * each)) ? 1 : 0;
    }
    return equal;
  }
}
