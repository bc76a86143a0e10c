package dev.flamingostreams.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.flamingostreams.checkpoints.SafetensorsWriter;
import dev.flamingostreams.checkpoints.StoredType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checkpoints of one weight. */
class KeptCheckpointsTest {
  private static final TrainingPlan.Stage STAGE = new TrainingPlan.Stage(100, 8, 1e-3, 0, 1);

  private final NDManager manager = Engine.getEngine("PyTorch").newBaseManager();
  private final TorchWeights weights = new TorchWeights(manager, 1);
  private final RoundMean mean = new RoundMean(manager);
  private final Optimiser optimiser = new Optimiser(manager);
  private final Learner learner = new Learner(weights, mean, optimiser, manager);
  private final List<String> notes = new ArrayList<>();

  @TempDir Path directory;

  @AfterEach
  void close() {
    manager.close();
  }

  @Test
  void whatIsWrittenIsReadAgain() throws IOException {
    Standing standing = new Standing("language", 50, 0.1 + 0.2, 12.5, 3);
    optimiser.means().put("w", manager.create(new float[] {4, 5}));
    mean.means().put("w", manager.create(new float[] {6, 7}));
    mean.restore(2);
    write(standing, 1);
    Checkpoint.Content content = read(STAGE, STAGE).orElseThrow();
    assertThat(content.standing()).isEqualTo(standing);
    weights.put("w", new float[] {0, 0}, 2);
    Learner restored =
        new Learner(weights, new RoundMean(manager), new Optimiser(manager), manager);
    content.restore(restored);
    assertThat(floats(weights.all())).containsExactly(1, 2);
    assertThat(floats(restored.optimiser().means())).containsExactly(4, 5);
    assertThat(floats(restored.mean().means())).containsExactly(6, 7);
    assertThat(restored.mean().rounds()).isEqualTo(2);
    assertThat(notes).isEmpty();
  }

  @Test
  void theOneBeforeIsKeptAndStandsInForADamagedOne() throws IOException {
    write(at("vision", 50), 1);
    write(at("vision", 100), 2);
    damage(Checkpoints.NEWEST, -1);
    assertThat(read(STAGE, STAGE).orElseThrow().standing().step()).isEqualTo(50);
    assertThat(notes)
        .singleElement()
        .asString()
        .contains(Checkpoints.NEWEST, "damaged", "going on from the one before it");
  }

  @Test
  void aKillBetweenTheTwoNamesCostsOneIntervalAtMost() throws IOException {
    write(at("vision", 50), 1);
    write(at("vision", 100), 2);
    Files.delete(directory.resolve(Checkpoints.NEWEST));
    assertThat(read(STAGE, STAGE).orElseThrow().standing().step()).isEqualTo(50);
  }

  @Test
  void aFileThatIsCutOffAnywhereIsDamaged() throws IOException {
    write(at("vision", 50), 1);
    byte[] whole = Files.readAllBytes(directory.resolve(Checkpoints.NEWEST));
    for (int at = 0; at < whole.length; at += 7) {
      Files.write(directory.resolve(Checkpoints.NEWEST), Arrays.copyOf(whole, at));
      assertThatThrownBy(() -> read(STAGE, STAGE)).hasMessageContaining("delete");
    }
  }

  @Test
  void whereNoneIsWholeTheMessageSaysWhatToDo() throws IOException {
    write(at("vision", 50), 1);
    write(at("vision", 100), 2);
    damage(Checkpoints.NEWEST, -1);
    damage(Checkpoints.PREVIOUS, -1);
    assertThatThrownBy(() -> read(STAGE, STAGE))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("no earlier checkpoint is whole: delete")
        .message()
        .hasLineCount(1);
  }

  @Test
  void thePlanOfAStageThatHasBegunIsFixedAndThatOfALaterOneIsNot() throws IOException {
    write(at("vision", 50), 1);
    TrainingPlan.Stage other = new TrainingPlan.Stage(200, 8, 1e-3, 0, 1);
    assertThat(read(STAGE, other)).isPresent();
    assertThatThrownBy(() -> read(other, STAGE))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("plan of stage vision is {\"steps\":100")
        .hasMessageContaining("and {\"steps\":200");
  }

  @Test
  void aStepThatTheStageHasNotIsOfAnotherRun() throws IOException {
    first("vision", 101);
    assertThatThrownBy(() -> read(STAGE, STAGE)).hasMessageContaining("which has 100 steps here");
    first("audio", 1);
    assertThatThrownBy(() -> read(STAGE, STAGE)).hasMessageContaining("a stage 'audio'");
  }

  @Test
  void theFirstFormatIsRead() throws IOException {
    first("vision", 70);
    assertThat(read(STAGE, STAGE).orElseThrow().standing())
        .isEqualTo(new Standing("vision", 70, Double.NaN, 0, 0));
  }

  @Test
  void aWeightThatIsNoNumberIsNotSaved() throws IOException {
    write(at("vision", 50), 1);
    assertThatThrownBy(() -> write(at("vision", 100), Float.NaN))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("stage vision, step 100: w holds NaN");
    assertThat(read(STAGE, STAGE).orElseThrow().standing().step()).isEqualTo(50);
  }

  private static float[] floats(Map<String, NDArray> arrays) {
    return Objects.requireNonNull(arrays.get("w")).toFloatArray();
  }

  private static Standing at(String stage, int step) {
    return new Standing(stage, step, 1, 0, 0);
  }

  private void write(Standing standing, float value) throws IOException {
    weights.put("w", new float[] {value, 2}, 2);
    new Checkpoints(directory, recipe(STAGE, STAGE)).write(standing, learner);
  }

  /** As the first version of this program wrote them. */
  private void first(String stage, int step) throws IOException {
    new SafetensorsWriter()
        .metadata("stage", stage)
        .metadata("step", Integer.toString(step))
        .tensor("w", StoredType.F32, new long[] {2}, () -> new float[] {1, 2})
        .write(directory.resolve(Checkpoints.NEWEST));
  }

  private Optional<Checkpoint.Content> read(
      TrainingPlan.Stage vision, TrainingPlan.Stage captions) {
    return new Checkpoints(directory, recipe(vision, captions)).read(notes::add);
  }

  private static Recipe recipe(TrainingPlan.Stage vision, TrainingPlan.Stage captions) {
    Vocabulary vocabulary = new World().vocabulary();
    List<TrainingPlan.CaptionRound> rounds =
        new ArrayList<>(Collections.nCopies(Recipe.CAPTION_ROUNDS.size(), round(STAGE)));
    rounds.set(0, round(captions));
    List<TrainingPlan.VisionRound> sights =
        List.of(
            new TrainingPlan.VisionRound(vision, 0.14), new TrainingPlan.VisionRound(STAGE, 0.25));
    TrainingPlan plan = new TrainingPlan(1, sights, STAGE, rounds, 50);
    return new Recipe(plan, TrainingPlan.defaultModel(vocabulary), vocabulary);
  }

  private static TrainingPlan.CaptionRound round(TrainingPlan.Stage stage) {
    return new TrainingPlan.CaptionRound(stage, Replays.always(2), 0.3, 1);
  }

  /**
   * @param at counted from the end where negative
   */
  private void damage(String name, int at) throws IOException {
    byte[] bytes = Files.readAllBytes(directory.resolve(name));
    bytes[at < 0 ? bytes.length + at : at] ^= 64;
    Files.write(directory.resolve(name), bytes);
  }
}
