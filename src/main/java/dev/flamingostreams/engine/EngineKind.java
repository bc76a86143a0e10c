package dev.flamingostreams.engine;

/** What runs a model's graphs. */
public enum EngineKind {
  /** TensorRT where a GPU and its libraries can be used, else ONNX Runtime. */
  AUTO,
  ONNXRUNTIME,
  TENSORRT
}
