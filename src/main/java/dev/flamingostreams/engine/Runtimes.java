package dev.flamingostreams.engine;

import dev.flamingostreams.checkpoints.ModelDirectory;
import dev.flamingostreams.checkpoints.Safetensors;
import java.util.function.Supplier;

/** Starts what runs a model's graphs, as it was chosen. */
final class Runtimes {
  private Runtimes() {}

  static GraphRuntime start(ModelDirectory directory, Safetensors weights, EngineOptions options) {
    EngineChoice choice = options.choice();
    return switch (choice.kind()) {
      case ONNXRUNTIME -> onnx(directory, weights, options);
      case TENSORRT -> tensorRt(directory, weights, options);
      case AUTO ->
          choice.processor().kind() == Processor.Kind.CPU
              ? onnx(directory, weights, options)
              : auto(
                  () -> tensorRt(directory, weights, options),
                  () -> onnx(directory, weights, options),
                  options);
    };
  }

  private static GraphRuntime onnx(
      ModelDirectory directory, Safetensors weights, EngineOptions options) {
    return OnnxRuntime.start(
        options.threads(), directory.path(), WeightSize.of(weights), options.choice().processor());
  }

  private static TensorRt tensorRt(
      ModelDirectory directory, Safetensors weights, EngineOptions options) {
    if (options.choice().processor().kind() == Processor.Kind.CPU) {
      throw new GpuException("TensorRT runs on GPUs only; leave out the device, or name cuda");
    }
    return TensorRt.start(options.choice(), directory, weights, options.notes());
  }

  static GraphRuntime auto(
      Supplier<TensorRt> tensorRt, Supplier<? extends GraphRuntime> onnx, EngineOptions options) {
    try {
      TensorRt runtime = tensorRt.get();
      runtime.tryOut();
      options.notes().accept("engine: " + runtime.version());
      return runtime;
    } catch (GpuException e) {
      GraphRuntime runtime = insteadOf(e, onnx, options.choice().processor());
      options.notes().accept("engine: %s (%s)".formatted(runtime.version(), e.getMessage()));
      return runtime;
    }
  }

  private static GraphRuntime insteadOf(
      GpuException tensorRt, Supplier<? extends GraphRuntime> onnx, Processor processor) {
    try {
      return onnx.get();
    } catch (GpuException e) {
      throw new GpuException(
          "neither TensorRT can use %s (%s) nor ONNX Runtime (%s)"
              .formatted(processor, tensorRt.getMessage(), e.getMessage()),
          e);
    }
  }
}
