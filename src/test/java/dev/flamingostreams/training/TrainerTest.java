package dev.flamingostreams.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flamingostreams.checkpoints.ModelDirectory;
import dev.flamingostreams.checkpoints.Safetensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole recipe, a few steps of each stage. */
class TrainerTest {
  private static final TrainingPlan SHORT =
      new TrainingPlan(
          5,
          new TrainingPlan.Stage(4, 4, 1e-3),
          new TrainingPlan.Stage(40, 16, 3e-3),
          new TrainingPlan.Stage(4, 4, 1e-3),
          2,
          2);

  @TempDir Path directory;

  @Test
  void trainsEachPartInItsStageAndWritesAModelThatOpens() throws IOException {
    List<Double> language = new ArrayList<>();
    new Trainer(SHORT, directory, (stage, step, steps, loss, rate) -> keep(stage, loss, language))
        .run();
    assertThat(language.get(39)).isLessThan(0.8 * language.get(0));
    ModelDirectory model = ModelDirectory.open(directory);
    assertThat(model.config().path("resampler").path("timeEmbeddings").asInt()).isEqualTo(8);
    assertThat(model.tokenizer().encode("<image>a red circle moves left<EOC>")).hasSize(7);
    float[] gate = model.weights().floats("language.blocks.0.cross_attention.attention_gate");
    assertThat(gate[0]).isNotZero();
    assertThat(Files.size(directory.resolve(ModelDirectory.WEIGHTS))).isLessThan(16_000_000);
  }

  @Test
  void anInterruptedRunGoesOnFromItsLastCheckpoint() throws IOException {
    Trainer.Progress interrupted =
        (stage, step, steps, loss, rate) -> {
          if (stage.equals("captions") && step == 3) {
            throw new IllegalStateException("power cut");
          }
        };
    assertThatThrownBy(() -> new Trainer(SHORT, directory, interrupted).run())
        .hasMessage("power cut");
    float[] vision = vision();
    List<String> steps = new ArrayList<>();
    new Trainer(SHORT, directory, (stage, step, all, loss, rate) -> steps.add(stage + step)).run();
    assertThat(steps).containsExactly("captions3", "captions4");
    assertThat(vision()).as("the frozen vision encoder").isEqualTo(vision);
  }

  private float[] vision() {
    return Safetensors.open(directory.resolve("checkpoint.safetensors"))
        .floats("vision.blocks.0.attention.query.weight");
  }

  private static void keep(String stage, double loss, List<Double> language) {
    if (stage.equals("language")) {
      language.add(loss);
    }
  }
}
