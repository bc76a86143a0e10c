package dev.flamingostreams.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A stage of one weight, whose loss may be no number. */
class StageRunTest {
  private final NDManager manager = Engine.getEngine("PyTorch").newBaseManager();
  private final TorchWeights weights = new TorchWeights(manager, 1);
  private final Learner learner =
      new Learner(weights, new RoundMean(manager), new Optimiser(manager), manager);
  private final List<Integer> saved = new ArrayList<>();
  private final List<CurvePoint> points = new ArrayList<>();
  private final List<Trainer.Step> steps = new ArrayList<>();
  private long nanos;

  @AfterEach
  void close() {
    learner.close();
    weights.close();
    manager.close();
  }

  @Test
  void aStepWhoseLossIsNoNumberMovesNothing() throws IOException {
    assertThat(run(60, step -> step == 7 ? OneWeight.Fault.LOSS : OneWeight.Fault.NONE)).isTrue();
    assertThat(points).hasSize(2).last().extracting(CurvePoint::skipped).isEqualTo(1);
    assertThat(weight()).isFinite();
  }

  @Test
  void aStepWhoseGradientIsNoNumberMovesNothing() throws IOException {
    assertThat(run(50, step -> step == 50 ? OneWeight.Fault.GRADIENT : OneWeight.Fault.NONE))
        .isTrue();
    assertThat(points.get(0).gradientNorm()).isNull();
    assertThat(points.get(0).skipped()).isEqualTo(1);
    assertThat(weight()).isFinite();
  }

  @Test
  void manySuchStepsInARowEndTheRunWithAdvice() {
    assertThatThrownBy(
            () -> run(100, step -> step > 25 ? OneWeight.Fault.LOSS : OneWeight.Fault.NONE))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("stage test has diverged: 10 steps in a row, up to step 35")
        .hasMessageContaining("the last good checkpoint is kept")
        .hasMessageContaining("--seed")
        .message()
        .doesNotContain("\n");
    assertThat(saved).as("not while it diverges").containsExactly(10, 20);
  }

  @Test
  void theTimeThatIsLeftComesFromTheLastSteps() throws IOException {
    run(4, step -> OneWeight.Fault.NONE);
    assertThat(steps).extracting(Trainer.Step::secondsLeft).containsExactly(3.0, 2.0, 1.0, 0.0);
    assertThat(steps.get(0).examplesPerSecond()).isEqualTo(8);
  }

  private boolean run(int count, IntFunction<OneWeight.Fault> fault) throws IOException {
    return new StageRun(
            new OneWeight("test", new TrainingPlan.Stage(count, 8, 0.1, 0, 1), 0, fault),
            learner,
            Standing.atStartOf("test"),
            new Ears(),
            () -> nanos += 1_000_000_000L)
        .run();
  }

  private float weight() {
    return Objects.requireNonNull(weights.all().get("test.w")).toFloatArray()[0];
  }

  private final class Ears implements StageRun.Watch {
    @Override
    public void step(Trainer.Step step) {
      steps.add(step);
    }

    @Override
    public void point(CurvePoint point) {
      points.add(point);
    }

    @Override
    public boolean wantsSave(int step) {
      return step % 10 == 0;
    }

    @Override
    public void save(Standing standing) {
      saved.add(standing.step());
    }

    @Override
    public boolean wantsEnd() {
      return false;
    }

    @Override
    public @Nullable List<Gate> gates() {
      return null;
    }
  }
}
