package dev.flamingostreams.training;

import dev.flamingostreams.checkpoints.WholeFile;
import dev.flamingostreams.flamingo.FlamingoConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What a run leaves in its directory as it goes on: log, checkpoints, curves, its record. */
final class RunFiles {
  static final String LOG = "training.jsonl";
  static final String CURVES = "curves.svg";

  private final TrainingPlan plan;
  private final Recipe recipe;
  private final Consumer<String> note;
  private final Checkpoints checkpoints;
  private final Path logFile;
  private final Path curvesFile;
  private final Path recordFile;
  private TrainingLog log;
  private @Nullable Standing saved;

  RunFiles(RunDirectory directory, TrainingPlan plan, Recipe recipe, Consumer<String> note) {
    this.plan = plan;
    this.recipe = recipe;
    this.note = note;
    this.checkpoints = new Checkpoints(directory.path(), recipe);
    this.logFile = directory.path().resolve(LOG);
    this.curvesFile = directory.path().resolve(CURVES);
    this.recordFile = directory.path().resolve(TrainingRecord.FILE);
    this.log = new TrainingLog(logFile);
  }

  /** Restores what was learnt; the next step to be done is the one after what is returned. */
  Standing resume(Learner learner) throws IOException {
    Optional<Checkpoint.Content> found = checkpoints.read(note);
    Standing at = Standing.atStartOf(Recipe.STAGES.get(0));
    if (found.isPresent()) {
      found.get().restore(learner);
      saved = found.get().standing();
      at = saved;
      note.accept("going on after " + told(at));
    }
    log = TrainingLog.resumed(logFile, at);
    Standing next = following(at);
    log.started(next, Instant.now());
    return next;
  }

  /** A stage that is done is followed by the next one. */
  private Standing following(Standing at) {
    int next = Recipe.STAGES.indexOf(at.stage()) + 1;
    return at.step() == recipe.plan(at.stage()).steps() && next < Recipe.STAGES.size()
        ? Standing.atStartOf(Recipe.STAGES.get(next))
        : at;
  }

  private static String told(Standing standing) {
    return "stage %s, step %d".formatted(standing.stage(), standing.step());
  }

  /** What there is to go on from, in words. */
  String kept() {
    Standing last = saved;
    return last == null
        ? "nothing had been saved yet"
        : "the checkpoint after %s is kept".formatted(told(last));
  }

  StageRun.Watch watch(
      Learner learner, int blocks, Trainer.Progress progress, BooleanSupplier stop) {
    return new StageRun.Watch() {
      @Override
      public void step(Trainer.Step step) {
        progress.step(step);
      }

      @Override
      public void point(CurvePoint point) throws IOException {
        log.add(point);
      }

      @Override
      public boolean wantsSave(int step) {
        return step % plan.checkpointEvery() == 0;
      }

      @Override
      public void save(Standing standing) throws IOException {
        if (recipe.isEndOfAveraged(standing)) {
          learner.mean().add(learner.weights());
        }
        checkpoints.write(standing, learner);
        saved = standing;
        writeCurves();
      }

      @Override
      public boolean wantsEnd() {
        return stop.getAsBoolean();
      }

      @Override
      public @Nullable List<Gate> gates() {
        List<Gate> gates = Gate.of(learner.weights(), blocks);
        return gates.isEmpty() ? null : gates;
      }
    };
  }

  private void writeCurves() throws IOException {
    WholeFile.write(curvesFile, new Curves(recipe, log).toSvg());
  }

  /** The model is written: says so, and drops what only an unfinished run needs. */
  void complete(FlamingoConfig config, TorchWeights weights) throws IOException {
    writeCurves();
    TrainingRecord record = TrainingRecord.of(plan, config, weights, log, Instant.now());
    WholeFile.write(recordFile, record.toJson());
    log.delete();
    checkpoints.dropPrevious();
  }
}
