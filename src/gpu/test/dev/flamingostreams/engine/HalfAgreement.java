package dev.flamingostreams.engine;

import dev.flamingostreams.checkpoints.ModelDirectory;
import dev.flamingostreams.checkpoints.Safetensors;
import dev.flamingostreams.flamingo.ConfigReader;
import dev.flamingostreams.flamingo.FlamingoConfig;
import java.util.Set;
import java.util.function.UnaryOperator;

/** How far ONNX Runtime says the same by a model's graphs and by rounded ones. */
public final class HalfAgreement {
  public static final Set<String> VISION = Set.of(Graphs.VISION);
  public static final Set<String> ALL =
      Set.of(Graphs.VISION, Graphs.RESAMPLER, Graphs.DESCRIBE, Graphs.LOGITS);

  private static final int THREADS = 2;

  private HalfAgreement() {}

  /**
   * Runs both.
   *
   * @param rounding gives the content of another {@code .onnx} file
   * @param rounded the names of the graphs that are
   */
  public static CompiledAgreement of(
      ModelDirectory directory,
      UnaryOperator<byte[]> rounding,
      Set<String> rounded,
      ModelPath.Work work) {
    FlamingoConfig config = ConfigReader.read(directory);
    Safetensors weights = directory.weights();
    Graphs graphs = new Graphs(config, weights);
    OnnxRuntime runtime = OnnxRuntime.start(THREADS, directory.path(), WeightSize.of(weights));
    try (CompiledPath plain = new CompiledPath(config, graphs, runtime);
        CompiledPath half =
            new CompiledPath(config, graphs, new HalfRuntime(runtime, rounding, rounded))) {
      return CompiledAgreement.of(
          CompiledAgreement.Result.of(plain, work),
          CompiledAgreement.Result.of(half, work),
          work.clips());
    }
  }
}
