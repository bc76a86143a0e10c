package dev.flamingostreams.engine;

import dev.flamingostreams.checkpoints.ModelDirectory;
import dev.flamingostreams.checkpoints.ModelException;
import dev.flamingostreams.checkpoints.Safetensors;
import dev.flamingostreams.onnx.OnnxBackend;
import dev.flamingostreams.onnx.TensorRtForms;
import dev.flamingostreams.tensor.DataType;
import dev.flamingostreams.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/** TensorRT on one GPU: graphs are compiled when first asked for, and kept on disk. */
final class TensorRt implements GraphRuntime {
  /** What a compiled graph depends on beside the graph: to be changed with the compiler. */
  private static final String RECIPE = "fp16 5";

  private static final List<Integer> CLIP_FRAMES = List.of(8, 16, 24, 30);
  private static final List<Integer> FRAMES = List.of(1, 8, 32);

  /** Between the look at the free memory and the load, nobody else is to take it. */
  private static final Object ONE_LOAD = new Object();

  private final GraphCompiler compiler;
  private final GraphCompiler.Gpu gpu;
  private volatile GraphSizes.Compiled sizes;
  private final CompiledGraphs compiled;
  private final Safetensors weights;
  private final String weightsHash;
  private final WeightSize weightSize;
  private final Consumer<String> notes;

  private TensorRt(
      GraphCompiler compiler,
      GraphCompiler.Gpu gpu,
      EngineChoice choice,
      Safetensors weights,
      String weightsHash,
      WeightSize weightSize,
      Consumer<String> notes) {
    this.compiler = compiler;
    this.gpu = gpu;
    this.sizes = new GraphSizes.Compiled(choice.batches(), CLIP_FRAMES, FRAMES);
    this.compiled = new CompiledGraphs(choice.cache(), notes);
    this.weights = weights;
    this.weightsHash = weightsHash;
    this.weightSize = weightSize;
    this.notes = notes;
  }

  /**
   * Finds the GPU; a {@link GpuException} says why it cannot be used.
   *
   * @param directory of the model
   * @param weights of it
   * @param notes is told of each compilation, a line each
   */
  static TensorRt start(
      EngineChoice choice, ModelDirectory directory, Safetensors weights, Consumer<String> notes) {
    GraphCompiler compiler =
        GraphCompiler.find()
            .orElseThrow(
                () ->
                    new GpuException(
                        "this distribution has no TensorRT; build it with mvn -Pgpu package"));
    WeightSize size = WeightSize.of(weights);
    TensorRt runtime = of(compiler, choice, weights, directory.weightsHash(), size, notes);
    Djl.startTensorRt();
    return runtime;
  }

  static TensorRt of(
      GraphCompiler compiler,
      EngineChoice choice,
      Safetensors weights,
      String weightsHash,
      WeightSize weightSize,
      Consumer<String> notes) {
    GraphCompiler.Gpu gpu = compiler.gpu(choice.processor().index());
    return new TensorRt(compiler, gpu, choice, weights, weightsHash, weightSize, notes);
  }

  /**
   * Compiles the least that can be, once for a GPU: a {@link GpuException} says why what this model
   * needs could not be compiled or kept.
   */
  void tryOut() {
    compiler.checkBuilder();
    OnnxBackend least = new OnnxBackend("trial");
    Tensor one = least.input("one", DataType.FLOAT, 1);
    least.output("two", one.add(one));
    Graph trial = new Graph("trial", "1", least.inputs(), least.toByteArray(), 2 * Float.BYTES);
    try (GraphCompiler.Build build = compiler.begin()) {
      compiled(trial, "any model", build);
    }
  }

  @Override
  public String version() {
    return "tensorrt %s %s %s"
        .formatted(
            compiler.version(), gpu.name(), weightSize.fitCache() ? "fp32, frames fp16" : "fp16");
  }

  @Override
  public GraphSizes.Compiled sizes() {
    return sizes;
  }

  @Override
  public synchronized boolean shrink(Graph tooLarge) {
    Optional<GraphSizes.Compiled> smaller = sizes.without(tooLarge, tooLarge.size());
    if (smaller.isEmpty()) {
      return false;
    }
    sizes = smaller.get();
    notes.accept(
        "%s does not fit into GPU memory; going on with clips by %s, frames by %s"
            .formatted(tooLarge, sizes.clipSizes(), sizes.frameSizes()));
    return true;
  }

  /** As many as GPU memory holds: what DJL's engine closes does not give all of it back. */
  @Override
  public int mostOpen() {
    return Integer.MAX_VALUE;
  }

  @Override
  public GraphSession open(Graph graph) {
    CompiledGraphs.Compiled found = compiled(graph);
    synchronized (ONE_LOAD) {
      GpuMemory.check(graph, found, compiler.gpu(gpu.index()));
      return TensorRtSession.open(graph, found.file(), gpu.index(), compiler);
    }
  }

  /**
   * Compiles what is not there, one after the other, by one builder: opening one takes seconds and
   * 3 GB of memory. What is loaded already takes GPU memory, and time from the kernels that are
   * measured.
   */
  @Override
  public void prepare(List<Graph> graphs) {
    Map<String, Long> smallest = new TreeMap<>();
    try (GraphCompiler.Build build = compiler.begin()) {
      for (Graph graph : graphs) {
        long bytes = GpuMemory.bytes(graph, compiled(graph, weightsHash, build));
        smallest.merge(graph.name(), bytes, Math::min);
      }
    }
    GpuMemory.check(smallest, gpu);
  }

  /** The graph as a file that TensorRT loads, compiled now if it is not there. */
  CompiledGraphs.Compiled compiled(Graph graph) {
    try (GraphCompiler.Build build = compiler.begin()) {
      return compiled(graph, weightsHash, build);
    }
  }

  private CompiledGraphs.Compiled compiled(Graph graph, String of, GraphCompiler.Build build) {
    try {
      return compiled.get(graph.toString(), made(graph, of), file -> compile(graph, build, file));
    } catch (IOException e) {
      throw new GpuException(
          "cannot keep the compiled %s graph: %s; make room, or %s"
              .formatted(graph, reason(e), CompiledGraphs.ANOTHER),
          e);
    }
  }

  /** The names of others than this class say what is wrong, their messages often only where. */
  private static String reason(IOException e) {
    return e.getClass() == IOException.class ? String.valueOf(e.getMessage()) : e.toString();
  }

  private String made(Graph graph, String of) {
    return String.join(
        "\n",
        graph.toString(),
        Digests.hex(graph.onnx()),
        of,
        "tensorrt " + compiler.version(),
        gpu.name(),
        gpu.architecture(),
        RECIPE + (inHalf(graph) ? "" : " in single precision"));
  }

  /**
   * What reads small weights for a few rows is no faster in half precision, and may choose another
   * token. Frames are many rows.
   */
  private boolean inHalf(Graph graph) {
    return graph.name().equals(Graphs.VISION) || !weightSize.fitCache();
  }

  private long compile(Graph graph, GraphCompiler.Build build, Path file) throws IOException {
    checkForms(graph);
    notes.accept("compiling %s for %s, once".formatted(graph, gpu.name()));
    long start = System.nanoTime();
    long bytes =
        build.compile(
            new GraphCompiler.Order(graph, directory(), gpu, timings(), inHalf(graph)), file);
    weights.requireUnchanged(); // or others would be kept by the digest of these
    double seconds = (System.nanoTime() - start) / 1e9;
    notes.accept(String.format(Locale.ROOT, "compiled %s in %.0f s", graph, seconds));
    return bytes;
  }

  /** They are of no use to another GPU or version. */
  private Timings timings() {
    String of = "timings %s tensorrt %s".formatted(gpu.name(), compiler.version());
    return new Timings(compiled.shared(of), notes);
  }

  private Path directory() {
    return Objects.requireNonNull(weights.file().toAbsolutePath().getParent());
  }

  /** Before its parser, which may fail late, in many lines, or not by an error code. */
  private void checkForms(Graph graph) {
    try {
      TensorRtForms.check(graph.onnx());
    } catch (IllegalArgumentException e) {
      throw new ModelException("model %s, %s: %s".formatted(directory(), graph, e.getMessage()), e);
    }
  }
}
