package dev.flamingostreams.training;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.flamingostreams.checkpoints.JsonFile;
import dev.flamingostreams.flamingo.FlamingoConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * {@code training.json} of a model directory: how the model came about. Written when all else is
 * there, it also says that the run is complete.
 *
 * @param started ISO 8601, as {@code ended}; null if the run's beginning was not kept
 * @param weights number of them by part, and in all
 * @param averaged stages of which the model is the mean of what they ended with
 */
record TrainingRecord(
    int format,
    long seed,
    @Nullable String started,
    String ended,
    Map<String, String> versions,
    String model,
    Map<String, Long> weights,
    int checkpointEvery,
    List<String> averaged,
    List<StageRecord> stages) {
  static final String FILE = "training.json";
  private static final int FORMAT = 1;
  private static final long MAX_BYTES = 64 << 20;

  /**
   * What became of a stage.
   *
   * @param seconds spent on its steps, over all resumes; not those of steps that were done again
   * @param resumes how often it went on from a checkpoint
   * @param skippedSteps that moved nothing, their loss or gradient being no number
   * @param unknown of a round of the vision stage, else null
   * @param replays as {@code gaps} and {@code turns} of a round of the caption stage, else null
   * @param gates at its end; null if it does not train them
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record StageRecord(
      String name,
      int steps,
      int batch,
      double learningRate,
      double matrixRate,
      double falls,
      @Nullable Double unknown,
      @Nullable Replays replays,
      @Nullable Double gaps,
      @Nullable Integer turns,
      @Nullable Double seconds,
      int resumes,
      int skippedSteps,
      @Nullable List<Gate> gates,
      List<Point> curve) {}

  /** A point of the curve, as in {@link CurvePoint}. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Point(
      int step,
      @Nullable Double loss,
      double learningRate,
      @Nullable Double gradientNorm,
      @Nullable Double examplesPerSecond,
      @Nullable List<Gate> gates) {
    static Point of(CurvePoint point) {
      return new Point(
          point.step(),
          point.loss(),
          point.learningRate(),
          point.gradientNorm(),
          point.examplesPerSecond(),
          point.gates());
    }
  }

  static TrainingRecord of(
      TrainingPlan plan,
      FlamingoConfig config,
      TorchWeights weights,
      TrainingLog log,
      Instant ended) {
    List<TrainingLog.Start> starts = log.starts();
    return new TrainingRecord(
        FORMAT,
        plan.seed(),
        started(starts),
        ended.toString(),
        libraries(),
        config.id(),
        counts(weights),
        plan.checkpointEvery(),
        Recipe.AVERAGED,
        Recipe.STAGES.stream()
            .map(stage -> stage(stage, plan, log.points(stage), starts))
            .toList());
  }

  private static @Nullable String started(List<TrainingLog.Start> starts) {
    return starts.stream()
        .filter(TrainingLog.Start::isBeginning)
        .reduce((before, last) -> last)
        .map(TrainingLog.Start::started)
        .orElse(null);
  }

  private static Map<String, String> libraries() {
    Map<String, String> versions = new LinkedHashMap<>();
    String own = TrainingRecord.class.getPackage().getImplementationVersion();
    versions.put("flamingoStreams", own == null ? "not packaged" : own);
    versions.put("djl", Engine.getDjlVersion());
    versions.put("libtorch", Engine.getEngine("PyTorch").getVersion());
    versions.put("java", System.getProperty("java.version", ""));
    return versions;
  }

  private static Map<String, Long> counts(TorchWeights weights) {
    Map<String, Long> counts = new LinkedHashMap<>();
    for (Map.Entry<String, NDArray> entry : weights.all().entrySet()) {
      String name = entry.getKey();
      if (ModelWriter.isWritten(name)) {
        String part =
            name.contains(".cross_attention.")
                ? "crossAttention"
                : name.substring(0, name.indexOf('.'));
        counts.merge(part, entry.getValue().getShape().size(), Long::sum);
      }
    }
    counts.put("all", counts.values().stream().mapToLong(Long::longValue).sum());
    return counts;
  }

  private static StageRecord stage(
      String name, TrainingPlan plan, List<CurvePoint> curve, List<TrainingLog.Start> starts) {
    TrainingPlan.Stage stage = plan.stage(name);
    Optional<TrainingPlan.CaptionRound> captions = plan.captionRound(name);
    CurvePoint last = curve.isEmpty() ? null : curve.get(curve.size() - 1);
    Integer skipped = last == null ? null : last.skipped();
    long resumes =
        starts.stream().filter(start -> start.stage().equals(name) && !start.isBeginning()).count();
    return new StageRecord(
        name,
        stage.steps(),
        stage.batch(),
        stage.learningRate(),
        stage.matrixRate(),
        stage.falls(),
        plan.visionRound(name).map(TrainingPlan.VisionRound::unknown).orElse(null),
        captions.map(TrainingPlan.CaptionRound::replays).orElse(null),
        captions.map(TrainingPlan.CaptionRound::gaps).orElse(null),
        captions.map(TrainingPlan.CaptionRound::turns).orElse(null),
        last == null ? null : last.seconds(),
        (int) resumes,
        skipped == null ? 0 : skipped,
        Gate.last(curve),
        curve.stream().map(Point::of).toList());
  }

  String toJson() throws JsonProcessingException {
    DefaultPrettyPrinter layout = new DefaultPrettyPrinter();
    layout.indentObjectsWith(new Lines());
    layout.indentArraysWith(new Lines());
    return new JsonMapper().writer(layout).writeValueAsString(this) + "\n";
  }

  /** Points of a curve stand on a line each. */
  private static final class Lines implements DefaultPrettyPrinter.Indenter {
    private static final int DEEPEST = 4;

    @Override
    public void writeIndentation(JsonGenerator json, int level) throws IOException {
      json.writeRaw(level <= DEEPEST ? "\n" + "  ".repeat(level) : " ");
    }

    @Override
    public boolean isInline() {
      return false;
    }
  }

  /** The seed of the run that wrote the file. */
  static long seed(Path file) {
    return JsonFile.read(file, MAX_BYTES).path("seed").asLong();
  }
}
