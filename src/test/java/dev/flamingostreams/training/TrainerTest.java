package dev.flamingostreams.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.flamingostreams.checkpoints.ModelDirectory;
import dev.flamingostreams.checkpoints.Safetensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole recipe, a few steps of each stage. */
class TrainerTest {
  private static final TrainingPlan SHORT =
      new TrainingPlan(
          5,
          List.of(vision(0.14), vision(0.25)),
          new TrainingPlan.Stage(40, 16, 3e-3, 0, 1),
          List.of(
              round(new Replays(2, 2, 1), 0.3, 1),
              round(Replays.always(1), 0.3, 1),
              round(Replays.always(1), 0.5, 1),
              round(Replays.always(1), 0.5, 1),
              round(Replays.always(1), 0.8, 2),
              round(Replays.always(1), 0.8, 2),
              round(Replays.always(1), 0.5, 1),
              round(Replays.always(1), 0.5, 1)),
          2);

  private static TrainingPlan.VisionRound vision(double unknown) {
    return new TrainingPlan.VisionRound(new TrainingPlan.Stage(4, 4, 1e-3, 0, 1), unknown);
  }

  private static TrainingPlan.CaptionRound round(Replays replays, double gaps, int turns) {
    return new TrainingPlan.CaptionRound(
        new TrainingPlan.Stage(4, 4, 1e-3, 0, 1), replays, gaps, turns);
  }

  private final List<String> steps = new ArrayList<>();

  @TempDir Path directory;

  @Test
  void trainsEachPartInItsStageAndWritesAModelThatOpens() throws IOException {
    List<Double> language = new ArrayList<>();
    new Trainer(SHORT, directory, step -> keep(step, language)).run();
    assertThat(language.get(39)).isLessThan(0.8 * language.get(0));
    ModelDirectory model = ModelDirectory.open(directory);
    assertThat(model.config().path("resampler").path("timeEmbeddings").asInt()).isEqualTo(8);
    assertThat(model.tokenizer().encode("<image>a red circle moves left<EOC>")).hasSize(7);
    float[] gate = model.weights().floats("language.blocks.0.cross_attention.attention_gate");
    assertThat(gate[0]).isNotZero();
    assertThat(Files.size(directory.resolve(ModelDirectory.WEIGHTS))).isLessThan(16_000_000);
    JsonNode record = record();
    double ends =
        IntStream.rangeClosed(7, 10)
            .mapToDouble(
                stage -> record.at("/stages/%d/gates/0/attention".formatted(stage)).asDouble())
            .average()
            .orElseThrow();
    assertThat(Math.tanh(gate[0])).isCloseTo(ends, within(1e-4));
    assertThat(record.at("/stages/1/unknown").asDouble()).isEqualTo(0.25);
    assertThat(record.at("/stages/5/gaps").asDouble()).isEqualTo(0.5);
    assertThat(record.at("/stages/7/turns").asInt()).isEqualTo(2);
    assertThat(record.at("/weights/all").asLong()).isGreaterThan(2_000_000);
    assertThat(record.path("averaged"))
        .extracting(JsonNode::asText)
        .containsExactly(
            "captions-with-more-gaps",
            "captions-with-more-gaps-again",
            "captions-evenly",
            "captions-at-last");
    assertThat(record.path("stages"))
        .extracting(s -> s.path("name").asText())
        .containsExactly(
            "vision",
            "vision-again",
            "language",
            "captions",
            "captions-again",
            "captions-with-gaps",
            "captions-once-more",
            "captions-with-more-gaps",
            "captions-with-more-gaps-again",
            "captions-evenly",
            "captions-at-last");
  }

  @Test
  void anInterruptedRunGoesOnFromItsLastCheckpoint() throws IOException {
    assertThatThrownBy(() -> trainer("captions3").run()).hasMessage("power cut");
    float[] vision = vision();
    steps.clear();
    trainer("never").run();
    assertThat(steps).startsWith("captions3", "captions4").endsWith("captions-at-last4");
    assertThat(vision()).as("the frozen vision encoder").isEqualTo(vision);
  }

  /** Pulls the plug at that step, before it is saved. */
  private Trainer trainer(String end) {
    return new Trainer(
        SHORT,
        directory,
        step -> {
          steps.add(step.stage() + step.number());
          if (end.equals(step.stage() + step.number())) {
            throw new IllegalStateException("power cut");
          }
        });
  }

  private JsonNode record() throws IOException {
    return new JsonMapper().readTree(directory.resolve(TrainingRecord.FILE).toFile());
  }

  private float[] vision() {
    return Safetensors.open(directory.resolve(Checkpoints.NEWEST))
        .floats("vision.blocks.0.attention.query.weight");
  }

  private static void keep(Trainer.Step step, List<Double> language) {
    if (step.stage().equals("language")) {
      language.add(step.loss());
    }
  }
}
