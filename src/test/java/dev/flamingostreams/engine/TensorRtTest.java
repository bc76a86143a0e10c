package dev.flamingostreams.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flamingostreams.checkpoints.ModelDirectory;
import dev.flamingostreams.checkpoints.ModelException;
import dev.flamingostreams.checkpoints.Safetensors;
import dev.flamingostreams.checkpoints.StoredType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Without a GPU: what is compiled when, and what is kept. */
class TensorRtTest {
  private static final long GIGABYTE = 1L << 30;

  @TempDir Path folder;
  private final List<String> compiled = new ArrayList<>();
  private final List<String> inHalf = new ArrayList<>();
  private final List<String> builds = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private Safetensors weights;
  private Graphs graphs;
  private Runnable meanwhile = () -> {};
  private Runnable builder = () -> {};

  private record Fake(
      List<String> compiled,
      List<String> inHalf,
      List<String> builds,
      Runnable meanwhile,
      Runnable builder,
      String gpuName,
      long freeBytes)
      implements GraphCompiler, GraphCompiler.Build {
    @Override
    public String version() {
      return "8.6.1";
    }

    @Override
    public Gpu gpu(int index) {
      return new Gpu(index, gpuName, "sm_90", 2 * freeBytes, freeBytes);
    }

    @Override
    public void checkBuilder() {
      builder.run();
    }

    @Override
    public boolean lock(ByteBuffer memory) {
      return false;
    }

    @Override
    public void unlock(ByteBuffer memory) {
      throw new IllegalArgumentException("it is not locked");
    }

    @Override
    public Build begin() {
      builds.add("begun");
      return this;
    }

    @Override
    public void close() {
      builds.add("closed");
    }

    @Override
    public long compile(Order order, Path engine) throws IOException {
      compiled.add(order.graph().toString());
      if (order.half()) {
        inHalf.add(order.graph().name());
      }
      meanwhile.run();
      order.timings().keep(new byte[] {1});
      Files.writeString(engine, "engine");
      return GIGABYTE;
    }
  }

  @BeforeEach
  void writeAModel() throws IOException {
    RandomModel.write(folder, RandomModel.TINY, StoredType.F32);
    weights = ModelDirectory.open(folder).weights();
    graphs = new Graphs(RandomModel.TINY, weights);
  }

  @Test
  void aGraphIsCompiledOnceAndFoundByTheNext() {
    CompiledGraphs.Compiled first = start("hash", "GPU").compiled(graphs.vision(8));
    assertThat(start("hash", "GPU").compiled(graphs.vision(8))).isEqualTo(first);
    assertThat(compiled).containsExactly("vision 8");
    assertThat(notes.get(0)).isEqualTo("compiling vision 8 for GPU, once");
    assertThat(notes.get(1)).startsWith("compiled vision 8 in ");
  }

  @Test
  void whatIsPreparedIsCompiledByOneBuilder() {
    TensorRt runtime = start("hash", "GPU");
    runtime.compiled(graphs.vision(1));
    builds.clear();
    runtime.prepare(List.of(graphs.vision(1), graphs.vision(8), graphs.resampler(1, 8)));
    assertThat(compiled).containsExactly("vision 1", "vision 8", "resampler 1x8");
    assertThat(builds).containsExactly("begun", "closed");
  }

  @Test
  void otherWeightsShapesAndGpusAreCompiledApart() {
    start("hash", "GPU").compiled(graphs.vision(8));
    start("other", "GPU").compiled(graphs.vision(8));
    start("hash", "other").compiled(graphs.vision(8));
    start("hash", "GPU").compiled(graphs.vision(1));
    assertThat(compiled).hasSize(4);
  }

  @Test
  void eachGpuHasTimingsOfItsOwn() throws IOException {
    start("hash", "NVIDIA H100 80GB HBM3").compiled(graphs.vision(8));
    start("hash", "NVIDIA A100").compiled(graphs.vision(8));
    try (Stream<Path> files = Files.list(folder.resolve("cache"))) {
      assertThat(files)
          .extracting(file -> file.getFileName().toString())
          .filteredOn(name -> name.startsWith("timings"))
          .containsExactlyInAnyOrder(
              "timings-NVIDIA-H100-80GB-HBM3-tensorrt-8-6-1.bin",
              "timings-NVIDIA-A100-tensorrt-8-6-1.bin");
    }
  }

  @Test
  void smallWeightsAreComputedWithInSinglePrecisionButForFrames() {
    TensorRt small = start("hash", "GPU", GIGABYTE, new WeightSize(32 << 20));
    small.compiled(graphs.vision(8));
    small.compiled(graphs.resampler(1, 8));
    assertThat(inHalf).containsExactly(Graphs.VISION);
    TensorRt large = start("hash", "GPU", GIGABYTE, new WeightSize((32 << 20) + 1));
    large.compiled(graphs.vision(8));
    large.compiled(graphs.resampler(1, 8));
    assertThat(inHalf).containsExactly(Graphs.VISION, Graphs.RESAMPLER);
    assertThat(compiled).containsExactly("vision 8", "resampler 1x8", "resampler 1x8");
  }

  @Test
  void aGraphThatDoesNotFitTensorRtIsRefusedByName() {
    Graph graph = new Graph("vision", "8", List.of(), new byte[] {1, 2, 3}, 0);
    assertThatThrownBy(() -> start("hash", "GPU").compiled(graph))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("vision 8");
    assertThat(compiled).isEmpty();
  }

  @Test
  void whatWasCompiledOfReplacedWeightsIsNotKept() throws IOException {
    meanwhile = () -> overwrite(weights.file());
    assertThatThrownBy(() -> start("hash", "GPU").compiled(graphs.vision(8)))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("has changed since it was opened");
    try (Stream<Path> files = Files.list(folder.resolve("cache"))) {
      assertThat(files).noneMatch(file -> file.toString().contains(".trt"));
    }
  }

  @Test
  void whatDoesNotFitIntoMemoryIsSaidWithItsShapeBeforeItIsLoaded() {
    TensorRt runtime = start("hash", "GPU", GIGABYTE);
    Graph graph = graphs.resampler(8, 8);
    assertThatThrownBy(() -> runtime.open(graph))
        .isInstanceOf(OutOfGpuMemoryException.class)
        .hasMessage(
            "the resampler 8x8 graph wants 1,280 MB of GPU memory, GPU has 1,024 of 2,048 MB free;"
                + " use smaller batches or fewer topologies");
    assertThat(runtime.shrink(graph)).isTrue();
    assertThat(runtime.sizes().clipSizes()).containsExactly(1);
    assertThat(runtime.shrink(graphs.resampler(1, 8))).isFalse();
  }

  @Test
  void autoDoesWithoutAGpuThatNothingCouldBeCompiledFor() {
    EngineOptions options = EngineOptions.defaults().withNotes(notes::add);
    OnnxRuntime onnx = OnnxRuntime.start(1, folder, new WeightSize(1));
    assertThat(Runtimes.auto(() -> start("hash", "GPU"), () -> onnx, options).version())
        .isEqualTo("tensorrt 8.6.1 GPU fp32, frames fp16");
    notes.clear();
    builder =
        () -> {
          throw new GpuException("there is no builder");
        };
    assertThat(Runtimes.auto(() -> start("hash", "GPU"), () -> onnx, options)).isEqualTo(onnx);
    assertThat(notes).containsExactly("engine: %s (there is no builder)".formatted(onnx.version()));
  }

  @Test
  void autoTriesOnceForEachGpuWhetherItCompiles() {
    EngineOptions options = EngineOptions.defaults().withNotes(notes::add);
    for (String model : List.of("one", "other")) {
      Runtimes.auto(() -> start(model, "GPU"), this::none, options);
    }
    assertThat(compiled).containsExactly("trial 1");
    Runtimes.auto(() -> start("one", "another GPU"), this::none, options);
    assertThat(compiled).containsExactly("trial 1", "trial 1");
  }

  @Test
  void autoDoesWithoutAGpuThatFailsToCompile() {
    EngineOptions options = EngineOptions.defaults().withNotes(notes::add);
    OnnxRuntime onnx = OnnxRuntime.start(1, folder, new WeightSize(1));
    meanwhile =
        () -> {
          throw new GpuException("TensorRT opens no builder");
        };
    assertThat(Runtimes.auto(() -> start("hash", "GPU"), () -> onnx, options)).isEqualTo(onnx);
    assertThat(notes).endsWith("engine: %s (TensorRT opens no builder)".formatted(onnx.version()));
  }

  @Test
  void autoDoesWithoutAGpuWhoseGraphsCouldNotBeKept() throws IOException {
    EngineOptions options = EngineOptions.defaults().withNotes(notes::add);
    OnnxRuntime onnx = OnnxRuntime.start(1, folder, new WeightSize(1));
    Files.writeString(folder.resolve("cache"), "a file");
    assertThat(Runtimes.auto(() -> start("hash", "GPU"), () -> onnx, options)).isEqualTo(onnx);
    assertThat(notes).last().asString().contains("cannot keep the compiled trial 1 graph");
  }

  private GraphRuntime none() {
    throw new AssertionError("TensorRT is there");
  }

  @Test
  void whereMemoryIsFullWhileCompilingSmallerSizesAreCompiled() {
    meanwhile =
        () -> {
          if (compiled.get(compiled.size() - 1).startsWith("resampler 8x")) {
            throw new OutOfGpuMemoryException(graphs.resampler(8, 8), "out of memory");
          }
        };
    TensorRt runtime = start("hash", "GPU");
    runtime.withinMemory(() -> runtime.prepare(resamplers(runtime)));
    assertThat(compiled).containsExactly("resampler 1x8", "resampler 8x8");
    assertThat(runtime.sizes().clipSizes()).containsExactly(1);
    assertThat(notes)
        .contains(
            "resampler 8x8 does not fit into GPU memory; going on with clips by [1], frames by [1, 8, 32]");
  }

  private List<Graph> resamplers(TensorRt runtime) {
    return runtime.sizes().clipSizes().stream().map(size -> graphs.resampler(size, 8)).toList();
  }

  /** One GB for each graph, on a GPU of two. */
  @Test
  void aModelThatNoMemoryOfThatSizeHoldsIsRefusedAtTheStart() {
    TensorRt runtime = start("hash", "GPU", GIGABYTE);
    assertThatThrownBy(
            () ->
                runtime.prepare(
                    List.of(graphs.vision(1), graphs.vision(8), graphs.resampler(1, 8))))
        .isInstanceOf(GpuException.class)
        .hasMessage(
            "the model's smallest graphs (resampler, vision) want 2,304 MB of GPU memory, GPU has 2,048 MB; take a smaller model, a larger GPU or --device cpu");
  }

  private static void overwrite(Path file) {
    try {
      Files.writeString(file, "others");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private TensorRt start(String weightsHash, String gpu) {
    return start(weightsHash, gpu, 8 * GIGABYTE);
  }

  private TensorRt start(String weightsHash, String gpu, long freeBytes) {
    return start(weightsHash, gpu, freeBytes, new WeightSize(1 << 20));
  }

  private TensorRt start(String weightsHash, String gpu, long freeBytes, WeightSize weightSize) {
    return TensorRt.of(
        new Fake(compiled, inHalf, builds, meanwhile, builder, gpu, freeBytes),
        EngineChoice.auto().withCache(folder.resolve("cache")),
        weights,
        weightsHash,
        weightSize,
        notes::add);
  }
}
