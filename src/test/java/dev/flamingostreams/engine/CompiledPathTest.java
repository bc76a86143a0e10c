package dev.flamingostreams.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flamingostreams.checkpoints.ModelDirectory;
import dev.flamingostreams.checkpoints.StoredType;
import dev.flamingostreams.flamingo.FlamingoConfig;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompiledPathTest {
  private static final FlamingoConfig CONFIG = RandomModel.TINY;

  @TempDir Path directory;

  @Test
  void allThatARunLoadsCanBePreparedBefore() throws IOException {
    RandomModel.write(directory, CONFIG, StoredType.F32);
    Graphs graphs = new Graphs(CONFIG, ModelDirectory.open(directory).weights());
    Padded runtime = new Padded(OnnxRuntime.start(1, directory, new WeightSize(1)));
    int side = CONFIG.vision().inputSize();
    float[] pixels = new float[5 * 3 * 3 * side * side];
    long[] times = {0, 500_000, 1_000_000};
    int[] prompt = {CONFIG.tokens().image()};

    try (CompiledPath path = new CompiledPath(CONFIG, graphs, runtime)) {
      ModelPath.Work unseen = new ModelPath.Work(5, 3, new float[0], times, prompt);
      path.prepare(unseen);
      path.prepareLogits(unseen);
      assertThat(runtime.opened()).isEmpty();

      ModelPath.Work work = new ModelPath.Work(5, 3, pixels, times, prompt);
      path.run(work);
      path.logits(work);
      assertThat(runtime.prepared()).containsExactlyInAnyOrderElementsOf(runtime.opened());
    }
  }
}
