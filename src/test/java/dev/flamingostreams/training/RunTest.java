package dev.flamingostreams.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.flamingostreams.checkpoints.ModelDirectory;
import dev.flamingostreams.checkpoints.Safetensors;
import dev.flamingostreams.checkpoints.SafetensorsWriter;
import dev.flamingostreams.checkpoints.StoredTensor;
import dev.flamingostreams.checkpoints.StoredType;
import dev.flamingostreams.flamingo.FlamingoConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How a run begins, ends and goes on, with stages of one weight each. */
class RunTest {
  private static final String NEVER = "never";

  private final List<String> steps = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private final World world = new World();

  @TempDir Path directory;

  @Test
  void theLogOfAnInterruptedRunHoldsEachStepOnce() throws IOException {
    cutPowerAt("language110");
    Files.writeString(log(), Files.readString(log()) + "{\"stage\":\"langu"); // a write cut short
    steps.clear();
    cutPowerAt("language130");
    assertThat(steps).startsWith("language61").endsWith("language130");
    steps.clear();
    assertThat(trainer(5, NEVER).run()).isEqualTo(Trainer.End.COMPLETE);
    assertThat(steps).startsWith("language121");
    JsonNode stage = record().path("stages").get(2);
    assertThat(stage.path("curve"))
        .extracting(point -> point.path("step").asInt())
        .containsExactly(50, 100, 150, 180);
    assertThat(stage.path("resumes").asInt()).isEqualTo(2);
    assertThat(stage.path("seconds").asDouble()).isNotNegative();
    assertThat(record().path("started").asText()).isLessThan(record().path("ended").asText());
    assertThat(log()).doesNotExist();
  }

  @Test
  void theSameSeedGivesTheSameModelWhetherInterruptedOrNot(@TempDir Path other) throws IOException {
    cutPowerAt("vision70");
    cutPowerAt("language61");
    cutPowerAt("captions-at-last5");
    trainer(5, NEVER).run();
    new Trainer(plan(5), other, step -> {}, world, RunTest::stages).run();
    assertThat(directory.resolve(ModelDirectory.WEIGHTS))
        .hasSameBinaryContentAs(other.resolve(ModelDirectory.WEIGHTS));
    assertThat(record().at("/stages/2/curve/3/loss"))
        .isEqualTo(record(other).at("/stages/2/curve/3/loss"));
  }

  @Test
  void aRunThatIsAskedToEndSavesFirst() throws IOException {
    Trainer.End end = trainer(5, NEVER).run(() -> steps.contains("language7"));
    assertThat(end).isEqualTo(Trainer.End.STOPPED);
    assertThat(steps).endsWith("language7");
    assertThat(directory.resolve(RunFiles.CURVES)).isRegularFile();
    steps.clear();
    assertThat(trainer(5, NEVER).run(() -> steps.size() == 2)).isEqualTo(Trainer.End.STOPPED);
    assertThat(steps).containsExactly("language8", "language9");
  }

  @Test
  void aRunThatIsAskedToEndAtTheEndOfAStageGoesOnWithTheNext() throws IOException {
    trainer(5, NEVER).run(() -> steps.contains("vision100"));
    assertThat(steps).endsWith("vision100");
    steps.clear();
    trainer(5, NEVER).run();
    assertThat(steps).startsWith("vision-again1").endsWith("captions-at-last10");
  }

  @Test
  void aCompleteRunIsLeftAsItIs() throws IOException {
    trainer(5, NEVER).run();
    byte[] before = Files.readAllBytes(directory.resolve(TrainingRecord.FILE));
    steps.clear();
    assertThat(trainer(5, NEVER).run()).isEqualTo(Trainer.End.COMPLETE_BEFORE);
    assertThat(steps).isEmpty();
    assertThat(directory.resolve(TrainingRecord.FILE)).hasBinaryContent(before);
    assertThatThrownBy(() -> trainer(6, NEVER).run())
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("holds the complete run of seed 5, not 6");
  }

  @Test
  void aDamagedCheckpointIsPassedOver() throws IOException {
    cutPowerAt("language130");
    byte[] bytes = Files.readAllBytes(newest());
    bytes[bytes.length - 1] ^= 64;
    Files.write(newest(), bytes);
    steps.clear();
    cutPowerAt("language61");
    assertThat(steps).containsExactly("language61");
    assertThat(notes).anyMatch(note -> note.contains("is damaged") && note.contains("before it"));
  }

  @Test
  void aCheckpointOfAnotherSeedIsRefused() {
    cutPowerAt("vision70");
    assertThatThrownBy(() -> trainer(6, NEVER).run())
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("seed is 5 there and 6 here")
        .hasMessageContaining("name another directory");
  }

  @Test
  void aCheckpointOfTheFirstFormatIsResumed() throws IOException {
    cutPowerAt("language70");
    Safetensors stored = Safetensors.open(newest());
    SafetensorsWriter writer =
        new SafetensorsWriter().metadata("stage", "language").metadata("step", "60");
    for (StoredTensor tensor : stored.tensors()) {
      long[] shape = tensor.shape().stream().mapToLong(Long::longValue).toArray();
      float[] values = stored.floats(tensor.name());
      writer.tensor(tensor.name(), StoredType.F32, shape, () -> values);
    }
    writer.write(newest());
    Files.delete(directory.resolve(Checkpoints.PREVIOUS));
    Files.delete(log());
    steps.clear();
    trainer(5, NEVER).run();
    assertThat(steps).startsWith("language61").endsWith("captions-at-last10");
    assertThat(record().path("started").isNull()).isTrue();
  }

  @Test
  void aModelThatNoRunHereWroteIsNotOverwritten() throws IOException {
    Files.createFile(directory.resolve(ModelDirectory.WEIGHTS));
    assertThatThrownBy(() -> trainer(5, NEVER).run())
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("holds a model");
  }

  @Test
  void aFileThatCannotBeWrittenEndsTheRunInOneLineAndKeepsTheCheckpoint() throws IOException {
    cutPowerAt("vision70");
    byte[] before = Files.readAllBytes(newest());
    Path inTheWay = directory.resolve("checkpoint.next.safetensors.part");
    Files.createFile(Files.createDirectory(inTheWay).resolve("file"));
    assertThatThrownBy(() -> trainer(5, NEVER).run())
        .isInstanceOf(IOException.class)
        .hasMessageContaining(directory.toString())
        .hasMessageContaining("the checkpoint after stage vision, step 60 is kept")
        .message()
        .hasLineCount(1);
    assertThat(newest()).hasBinaryContent(before);
  }

  /** Ends the run at that step, before it is saved. */
  private void cutPowerAt(String step) {
    assertThatThrownBy(() -> trainer(5, step).run()).hasMessage("power cut");
  }

  private Trainer trainer(long seed, String end) {
    Trainer.Progress progress =
        new Trainer.Progress() {
          @Override
          public void step(Trainer.Step step) {
            steps.add(step.stage() + step.number());
            if (end.equals(step.stage() + step.number())) {
              throw new IllegalStateException("power cut");
            }
          }

          @Override
          public void note(String line) {
            notes.add(line);
          }
        };
    return new Trainer(plan(seed), directory, progress, world, RunTest::stages);
  }

  private static TrainingPlan plan(long seed) {
    return new TrainingPlan(
        seed,
        List.of(vision(100), vision(20)),
        new TrainingPlan.Stage(180, 2, 1e-2, 0, 1),
        List.of(
            round(20, 0.2, new Replays(2, 10, 1)),
            round(10, 0.9, Replays.always(1)),
            round(10, 0.9, Replays.always(1)),
            round(10, 0.9, Replays.always(1)),
            round(10, 0.9, Replays.always(1)),
            round(10, 0.9, Replays.always(1)),
            round(10, 0.9, Replays.always(1)),
            round(10, 0.9, Replays.always(1))),
        60);
  }

  private static TrainingPlan.VisionRound vision(int steps) {
    return new TrainingPlan.VisionRound(new TrainingPlan.Stage(steps, 2, 1e-2, 0, 1), 0.14);
  }

  private static TrainingPlan.CaptionRound round(int steps, double falls, Replays replays) {
    return new TrainingPlan.CaptionRound(
        new TrainingPlan.Stage(steps, 2, 1e-2, 2e-2, falls), replays, 0.3, 1);
  }

  private static Stages stages(TrainingPlan plan, FlamingoConfig config, World world) {
    Recipe recipe = new Recipe(plan, config, world.vocabulary());
    return (name, learner, done) ->
        new OneWeight(name, recipe.plan(name), done, step -> OneWeight.Fault.NONE);
  }

  private JsonNode record() throws IOException {
    return record(directory);
  }

  private static JsonNode record(Path directory) throws IOException {
    return new JsonMapper().readTree(directory.resolve(TrainingRecord.FILE).toFile());
  }

  private Path log() {
    return directory.resolve(RunFiles.LOG);
  }

  private Path newest() {
    return directory.resolve(Checkpoints.NEWEST);
  }
}
