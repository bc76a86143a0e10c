package dev.flamingostreams.tensorrt;

import static org.bytedeco.tensorrt.global.nvinfer.BuilderFlag.kFP16;
import static org.bytedeco.tensorrt.global.nvinfer.BuilderFlag.kOBEY_PRECISION_CONSTRAINTS;
import static org.bytedeco.tensorrt.global.nvinfer.BuilderFlag.kTF32;
import static org.bytedeco.tensorrt.global.nvinfer.NetworkDefinitionCreationFlag.kEXPLICIT_BATCH;
import static org.bytedeco.tensorrt.global.nvinfer.TacticSource.kEDGE_MASK_CONVOLUTIONS;
import static org.bytedeco.tensorrt.global.nvinfer.TacticSource.kJIT_CONVOLUTIONS;

import dev.flamingostreams.engine.GpuException;
import dev.flamingostreams.engine.Graph;
import dev.flamingostreams.engine.GraphCompiler;
import dev.flamingostreams.engine.OutOfGpuMemoryException;
import dev.flamingostreams.engine.Timings;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.bytedeco.cuda.global.cudart;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.tensorrt.global.nvinfer;
import org.bytedeco.tensorrt.global.nvonnxparser;
import org.bytedeco.tensorrt.global.nvonnxparser.OnnxParserFlag;
import org.bytedeco.tensorrt.nvinfer.IBuilder;
import org.bytedeco.tensorrt.nvinfer.IBuilderConfig;
import org.bytedeco.tensorrt.nvinfer.ICudaEngine;
import org.bytedeco.tensorrt.nvinfer.IHostMemory;
import org.bytedeco.tensorrt.nvinfer.INetworkDefinition;
import org.bytedeco.tensorrt.nvinfer.IRuntime;
import org.bytedeco.tensorrt.nvinfer.ITimingCache;
import org.bytedeco.tensorrt.nvonnxparser.IParser;
import org.jspecify.annotations.Nullable;

/**
 * Graphs to TensorRT engine files: half precision, with floats where that would not do. In a
 * process of its own, which starts with nothing of TensorRT loaded.
 */
@SuppressWarnings("deprecation") // destroy() is the only way that JavaCPP has to delete them
public final class TensorRtBuilder implements GraphCompiler.Builder {
  /** Pieces of a file that are written at once; a buffer holds no more than 2 GB. */
  private static final long PIECE = 1L << 30;

  private @Nullable IBuilder opened;

  @Override
  public long compile(GraphCompiler.Order order, Path engine) throws IOException {
    IBuilder builder = opened(order.gpu().index());
    log().forget();
    try (Owned owned = new Owned()) {
      INetworkDefinition network = builder.createNetworkV2(1 << kEXPLICIT_BATCH.value);
      owned.add(network::destroy);
      IParser parser = nvonnxparser.createParser(network, log());
      owned.add(parser::destroy);
      // otherwise it takes a plugin of cuDNN's
      parser.setFlag(OnnxParserFlag.kNATIVE_INSTANCENORM);
      parse(order, parser);
      Precision.apply(network);
      IBuilderConfig config = builder.createBuilderConfig();
      owned.add(config::destroy);
      configure(config, order.half());
      if (!takesTimings(config, order.timings().known())) { // damaged, or of another GPU
        takesTimings(config, new byte[0]);
        log().forget();
      }
      IHostMemory plan = builder.buildSerializedNetwork(network, config);
      if (plan == null || plan.isNull()) {
        throw fault(order.graph());
      }
      owned.add(plan::destroy);
      write(plan, engine);
      save(config.getTimingCache(), order.timings());
      return deviceBytes(order.graph(), plan);
    }
  }

  /** Opened for the first graph: it takes seconds. */
  private IBuilder opened(int gpu) {
    IBuilder now = opened;
    if (now == null) {
      TensorRtLibraries.load();
      TensorRtLibraries.checkBuilder();
      TensorRtGpus.get(gpu); // the classes below are linked to the driver
      now = Bindings.use(() -> open(gpu));
      opened = now;
    }
    return now;
  }

  private static IBuilder open(int gpu) {
    TensorRtCompiler.check("use GPU " + gpu, cudart.cudaSetDevice(gpu));
    IBuilder builder = nvinfer.createInferBuilder(log());
    if (builder == null || builder.isNull()) {
      String reason = log().lastError();
      throw new GpuException(
          "TensorRT opens no builder%s; check the driver with nvidia-smi, and the distribution: build or copy it again"
              .formatted(reason.isEmpty() ? "" : " (%s)".formatted(reason)));
    }
    return builder;
  }

  /** A native object, which can be had when the libraries are loaded. */
  private static TensorRtLog log() {
    return TensorRtLog.OF_PROCESS;
  }

  private static GpuException fault(Graph graph) {
    String message = "TensorRT cannot compile %s: %s".formatted(graph, log().lastError());
    return log().toldOfMemory()
        ? new OutOfGpuMemoryException(
            graph, message + "; use smaller batches or fewer topologies, or a GPU with more memory")
        : new GpuException(message);
  }

  private static void parse(GraphCompiler.Order order, IParser parser) {
    byte[] onnx = order.graph().onnx();
    String beside = order.weights().resolve("graph.onnx").toString();
    try (BytePointer bytes = new BytePointer(onnx)) {
      if (!parser.parse(bytes, onnx.length, beside)) {
        throw new GpuException(
            "TensorRT cannot read %s: %s"
                .formatted(
                    order.graph(),
                    parser.getNbErrors() == 0 ? log().lastError() : parser.getError(0).desc()));
      }
    }
  }

  /** TensorRT's own kernels: those of cuBLAS and cuDNN are no faster here, and start slower. */
  private static void configure(IBuilderConfig config, boolean half) {
    if (half) {
      config.setFlag(kFP16);
    }
    config.setFlag(kOBEY_PRECISION_CONSTRAINTS);
    config.clearFlag(kTF32);
    config.setTacticSources(1 << kEDGE_MASK_CONVOLUTIONS.value | 1 << kJIT_CONVOLUTIONS.value);
  }

  /**
   * Whether it does. What is taken is freed by the end of the process, some MB for each graph that
   * is compiled: it is not the configuration's, and JavaCPP has no way to delete it.
   */
  private static boolean takesTimings(IBuilderConfig config, byte[] known) {
    try (BytePointer bytes = new BytePointer(Math.max(1, known.length))) {
      bytes.put(known, 0, known.length);
      ITimingCache timings = config.createTimingCache(bytes, known.length);
      return timings != null && !timings.isNull() && config.setTimingCache(timings, false);
    }
  }

  private static void save(@Nullable ITimingCache measured, Timings timings) {
    if (measured == null || measured.isNull()) {
      return;
    }
    IHostMemory memory = measured.serialize();
    if (memory == null || memory.isNull()) {
      return;
    }
    try (Owned owned = new Owned()) {
      owned.add(memory::destroy);
      byte[] bytes = new byte[Math.toIntExact(memory.size())];
      new BytePointer(memory.data()).get(bytes);
      timings.keep(bytes);
    }
  }

  private static void write(IHostMemory memory, Path file) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      for (long from = 0; from < memory.size(); from += PIECE) {
        long size = Math.min(PIECE, memory.size() - from);
        ByteBuffer piece =
            new BytePointer(memory.data()).position(from).capacity(from + size).asByteBuffer();
        while (piece.hasRemaining()) {
          channel.write(piece);
        }
      }
    }
  }

  /** What running it takes beside its weights. */
  private static long deviceBytes(Graph graph, IHostMemory plan) {
    try (Owned owned = new Owned()) {
      IRuntime runtime = nvinfer.createInferRuntime(log());
      if (runtime == null || runtime.isNull()) {
        throw new GpuException("TensorRT opens no runtime: " + log().lastError());
      }
      owned.add(runtime::destroy);
      ICudaEngine engine = runtime.deserializeCudaEngine(plan.data(), plan.size());
      if (engine == null || engine.isNull()) {
        throw new GpuException(
            "TensorRT cannot load %s, which it has compiled: %s"
                .formatted(graph, log().lastError()));
      }
      owned.add(engine::destroy);
      return engine.getDeviceMemorySize();
    }
  }
}
