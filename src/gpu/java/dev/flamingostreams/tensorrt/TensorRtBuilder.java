package dev.flamingostreams.tensorrt;

import dev.flamingostreams.engine.GpuException;
import dev.flamingostreams.engine.NvidiaDriver;
import org.bytedeco.tensorrt.global.nvinfer;
import org.bytedeco.tensorrt.nvinfer.IBuilder;

/** TensorRT's builder and its log: the first step that needs a GPU. */
@SuppressWarnings("deprecation") // destroy() is the only way that JavaCPP has to delete it
final class TensorRtBuilder implements AutoCloseable {
  private final TensorRtLog log;
  private final IBuilder builder;

  private TensorRtBuilder(TensorRtLog log, IBuilder builder) {
    this.log = log;
    this.builder = builder;
  }

  /**
   * @throws GpuException of one line, if there is no GPU or a library is missing
   */
  static TensorRtBuilder open() {
    TensorRtLibraries.load();
    NvidiaDriver.open(); // the JNI library is linked to the driver
    TensorRtLibraries.checkBuilder();
    TensorRtLog log = TensorRtLog.OF_PROCESS;
    IBuilder builder = nvinfer.createInferBuilder(log);
    if (builder == null || builder.isNull()) {
      throw new GpuException(
          "TensorRT opens no builder (%s); check the driver with nvidia-smi, and the distribution: build or copy it again"
              .formatted(log.lastError()));
    }
    return new TensorRtBuilder(log, builder);
  }

  TensorRtLog log() {
    return log;
  }

  IBuilder builder() {
    return builder;
  }

  /** What TensorRT complained of last, empty if it did not. */
  String lastError() {
    return log.lastError();
  }

  @Override
  public void close() {
    builder.destroy();
  }
}
