package dev.flamingostreams.onnx;

import java.util.Arrays;

/** The element types of ONNX that graphs may have to do with, named as TensorRT's parser does. */
enum ElementType {
  FP32(OnnxFormat.FLOAT),
  FP16(OnnxFormat.FLOAT16),
  BF16(OnnxFormat.BFLOAT16),
  INT32(OnnxFormat.INT32),
  INT64(OnnxFormat.INT64),
  BOOL(OnnxFormat.BOOL),
  OTHER(0);

  private final int code;

  ElementType(int code) {
    this.code = code;
  }

  static ElementType of(long code) {
    return Arrays.stream(values()).filter(type -> type.code == code).findFirst().orElse(OTHER);
  }
}
