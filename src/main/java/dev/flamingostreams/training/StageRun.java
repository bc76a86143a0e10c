package dev.flamingostreams.training;

import java.io.IOException;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The steps of one stage. */
final class StageRun {
  private static final int SMOOTHED_OVER = 50;
  private static final int POINT_EVERY = 50;

  private final Stage stage;
  private final Learner learner;
  private final Watch watch;
  private final Schedule schedule;
  private final int steps;
  private final Divergence divergence;
  private final Pace pace;
  private double loss;
  private int step;

  /** Sees what happens. */
  interface Watch {
    void step(Trainer.Step step);

    void point(CurvePoint point) throws IOException;

    /** Whether what was learnt is to be saved after this step, which is not the last. */
    boolean wantsSave(int step);

    void save(Standing standing) throws IOException;

    /** Whether the run is to end as soon as it has been saved. */
    boolean wantsEnd();

    /** Of the cross-attention, if the stage trains it. */
    @Nullable List<Gate> gates();
  }

  StageRun(Stage stage, Learner learner, Standing from, Watch watch, LongSupplier nanoTime) {
    this.stage = stage;
    this.learner = learner;
    this.watch = watch;
    this.steps = stage.plan().steps();
    this.schedule = new Schedule(stage.plan());
    this.divergence = new Divergence(from.skipped());
    this.pace = new Pace(from.seconds(), nanoTime);
    this.loss = from.loss();
    this.step = from.step();
  }

  /**
   * Runs the steps that are left.
   *
   * @return whether all are done; if not, the run was asked to end
   */
  boolean run() throws IOException {
    learner.weights().train(stage::trains);
    while (step < steps) {
      step++;
      Learner.Moved moved = learner.step(stage, step, schedule.at(step));
      divergence.heed(stage.name(), step, moved.loss(), moved.gradientNorm());
      smooth(moved.loss());
      pace.tick();
      tell(moved);
      boolean end = watch.wantsEnd();
      if (end || step == steps || (watch.wantsSave(step) && !divergence.isDiverging())) {
        save();
      }
      if (end && step < steps) {
        return false;
      }
    }
    return true;
  }

  private void smooth(double latest) {
    if (Double.isFinite(latest)) {
      loss = Double.isFinite(loss) ? loss + (latest - loss) / SMOOTHED_OVER : latest;
    }
  }

  private void tell(Learner.Moved moved) throws IOException {
    double perSecond = stage.plan().batch() / pace.stepSeconds();
    watch.step(
        new Trainer.Step(
            stage.name(),
            step,
            steps,
            loss,
            schedule.at(step).ofOthers(),
            perSecond,
            (steps - step) * pace.stepSeconds()));
    if (step % POINT_EVERY == 0 || step == steps) {
      watch.point(point(moved, perSecond));
    }
  }

  private CurvePoint point(Learner.Moved moved, double perSecond) {
    return new CurvePoint(
        stage.name(),
        step,
        CurvePoint.finite(loss),
        schedule.at(step).ofOthers(),
        CurvePoint.finite(moved.gradientNorm()),
        Math.round(perSecond * 10) / 10.0,
        Math.round(pace.seconds() * 10) / 10.0,
        divergence.skipped(),
        watch.gates());
  }

  private void save() throws IOException {
    watch.save(new Standing(stage.name(), step, loss, pace.seconds(), divergence.skipped()));
  }
}
