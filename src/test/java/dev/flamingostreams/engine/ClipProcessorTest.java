package dev.flamingostreams.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flamingostreams.checkpoints.ModelDirectory;
import dev.flamingostreams.checkpoints.StoredType;
import dev.flamingostreams.flamingo.FlamingoConfig;
import dev.flamingostreams.flamingo.FrameTiming;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Graphs run on the CPU as on a GPU that has too little memory. */
class ClipProcessorTest {
  private static final FlamingoConfig CONFIG = RandomModel.TINY;

  @TempDir Path directory;
  private final ExecutorService decoding = Executors.newSingleThreadExecutor();
  private OnnxRuntime onnx;
  private Graphs graphs;

  @BeforeEach
  void openAModel() throws IOException {
    RandomModel.write(directory, CONFIG, StoredType.F32);
    graphs = new Graphs(CONFIG, ModelDirectory.open(directory).weights());
    onnx = OnnxRuntime.start(1, directory, new WeightSize(1));
  }

  @AfterEach
  void endDecoding() {
    decoding.shutdownNow();
  }

  /**
   * A GPU that holds no graph of many.
   *
   * @param refused graphs that it did not hold
   */
  private record Tight(GraphRuntime runtime, int most, List<String> refused, List<Integer> sizesNow)
      implements GraphRuntime {

    Tight(GraphRuntime runtime, int most) {
      this(runtime, most, new ArrayList<>(), new ArrayList<>(List.of(1, 4)));
    }

    @Override
    public String version() {
      return runtime.version();
    }

    @Override
    public GraphSizes sizes() {
      return new GraphSizes.Compiled(sizesNow, List.of(8), sizesNow);
    }

    @Override
    public boolean shrink(Graph tooLarge) {
      int size = tooLarge.size();
      return sizesNow.stream().anyMatch(smaller -> smaller < size)
          && sizesNow.removeIf(each -> each >= size);
    }

    @Override
    public int mostOpen() {
      return runtime.mostOpen();
    }

    @Override
    public GraphSession open(Graph graph) {
      if (graph.size() > most) {
        refused.add(graph.name());
        throw new OutOfGpuMemoryException(graph, graph + " does not fit");
      }
      return runtime.open(graph);
    }
  }

  @Test
  void whereMemoryDoesNotHoldABatchTheClipsAreDescribedBySmallerOnes() {
    Tight tight = new Tight(onnx, 1);
    List<ClipJob> batch = batch();
    processor(tight).process(batch);
    List<ClipJob> roomy = batch();
    processor(new Tight(onnx, 4)).process(roomy);

    assertThat(tight.refused()).containsExactly(Graphs.VISION);
    assertThat(tight.sizesNow()).containsExactly(1);
    for (int i = 0; i < batch.size(); i++) {
      assertThat(latents(batch.get(i)))
          .containsExactly(latents(roomy.get(i)), Offset.offset(1e-4f));
    }
  }

  @Test
  void whatFitsInNoSizeFails() {
    ClipProcessor processor = processor(new Tight(onnx, 0));
    List<ClipJob> batch = batch();
    assertThatThrownBy(() -> processor.process(batch))
        .isInstanceOf(OutOfGpuMemoryException.class)
        .hasMessage("vision 1 does not fit");
  }

  private static float[] latents(ClipJob job) {
    return job.outcome().join().latents();
  }

  private static List<ClipJob> batch() {
    PreparedTask task =
        new Conversation(
            CONFIG,
            new PreparedPrompt(Passage.of(new int[] {2}, token -> token == 2), List.of()),
            List.of(),
            CONFIG.decoding());
    return IntStream.range(0, 3).mapToObj(i -> new ClipJob(clip(i), task)).toList();
  }

  private static ClipInput clip(int seed) {
    List<byte[]> images = IntStream.range(0, 8).mapToObj(i -> Pictures.jpeg(8 * seed + i)).toList();
    return new ClipInput(images, IntStream.range(0, 8).mapToLong(i -> 100_000L * i).toArray());
  }

  private ClipProcessor processor(GraphRuntime runtime) {
    Sessions sessions = new Sessions(graphs, runtime);
    EngineCounts counts = new EngineCounts();
    FramePool pool = FramePool.of(0, Duration.ofMinutes(1));
    return new ClipProcessor(
        sessions,
        new ClipResampler(CONFIG, sessions, FrameTiming.CLOCK),
        new FrameEncoder(CONFIG.vision(), sessions, pool, counts, new ImageDecoder(), decoding),
        counts,
        CONFIG.vision());
  }
}
