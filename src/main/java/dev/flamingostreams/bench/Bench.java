package dev.flamingostreams.bench;

import dev.flamingostreams.checkpoints.ModelDirectory;
import dev.flamingostreams.engine.CompiledPath;
import dev.flamingostreams.engine.EngineChoice;
import dev.flamingostreams.engine.EngineKind;
import dev.flamingostreams.engine.EngineOptions;
import dev.flamingostreams.engine.ModelPath;
import dev.flamingostreams.flamingo.ConfigReader;
import dev.flamingostreams.training.EagerPath;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;

/** Runs a model compiled and eagerly in turn, round by round. */
public final class Bench {
  /** Until what runs often is compiled by the JVM, which the eager path's many calls need. */
  private static final Duration WARM_UP = Duration.ofSeconds(4);

  private static final int WARM_UP_ROUNDS = 3;
  private static final Duration PAUSE = Duration.ofMillis(50);

  private final ModelDirectory directory;
  private final BenchPlan plan;

  public Bench(ModelDirectory directory, BenchPlan plan) {
    this.directory = directory;
    this.plan = plan;
  }

  /** Both paths in one round. */
  record Round(ModelPath.Pass compiled, ModelPath.Pass eager) {
    boolean equalTokens() {
      return Arrays.equals(compiled.tokens(), eager.tokens());
    }
  }

  /**
   * Measures.
   *
   * @param progress is told the number of rounds done
   */
  public BenchReport run(IntConsumer progress) {
    ModelPath.Work work =
        new BenchClips(ConfigReader.read(directory)).draw(plan.batch(), plan.frames());
    try (ModelPath compiled = CompiledPath.open(directory, options());
        ModelPath eager = EagerPath.open(directory, plan.threads())) {
      warmUp(compiled, eager, work);
      List<Round> rounds = new ArrayList<>();
      for (int i = 0; i < plan.rounds(); i++) {
        rounds.add(new Round(alone(compiled, work), alone(eager, work)));
        progress.accept(i + 1);
      }
      return new BenchReport(directory, plan, List.of(compiled.version(), eager.version()), rounds);
    }
  }

  /** The eager path computes on the CPU. */
  private EngineOptions options() {
    return EngineOptions.defaults()
        .withThreads(plan.threads())
        .withChoice(EngineChoice.auto().withKind(EngineKind.ONNXRUNTIME));
  }

  private static void warmUp(ModelPath compiled, ModelPath eager, ModelPath.Work work) {
    long end = System.nanoTime() + WARM_UP.toNanos();
    for (int i = 0; i < WARM_UP_ROUNDS || System.nanoTime() < end; i++) {
      compiled.run(work);
      eager.run(work);
    }
  }

  /**
   * One pass that does not count and one that does, after a pause in which the threads of the other
   * path stop spinning: as if the path had the machine for itself.
   */
  private static ModelPath.Pass alone(ModelPath path, ModelPath.Work work) {
    LockSupport.parkNanos(PAUSE.toNanos());
    path.run(work);
    return path.run(work);
  }
}
