package dev.flamingostreams.engine;

import dev.flamingostreams.checkpoints.ModelDirectory;
import dev.flamingostreams.checkpoints.Safetensors;

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
              : auto(directory, weights, options);
    };
  }

  private static GraphRuntime onnx(
      ModelDirectory directory, Safetensors weights, EngineOptions options) {
    return OnnxRuntime.start(
        options.threads(), directory.path(), WeightSize.of(weights), options.choice().processor());
  }

  private static GraphRuntime tensorRt(
      ModelDirectory directory, Safetensors weights, EngineOptions options) {
    if (options.choice().processor().kind() == Processor.Kind.CPU) {
      throw new GpuException("TensorRT runs on GPUs only; leave out the device, or name cuda");
    }
    return TensorRt.start(options.choice(), directory, weights, options.notes());
  }

  private static GraphRuntime auto(
      ModelDirectory directory, Safetensors weights, EngineOptions options) {
    try {
      GraphRuntime runtime = tensorRt(directory, weights, options);
      options.notes().accept("engine: " + runtime.version());
      return runtime;
    } catch (GpuException e) {
      GraphRuntime runtime = onnx(directory, weights, options);
      options.notes().accept("engine: %s (%s)".formatted(runtime.version(), e.getMessage()));
      return runtime;
    }
  }
}
