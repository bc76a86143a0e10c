package dev.flamingostreams.tensorrt;

import org.bytedeco.tensorrt.nvinfer.ILogger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * TensorRT's own log lines, passed on; it prints them to standard error otherwise. One for the
 * process: TensorRT may keep the first that it is given.
 */
final class TensorRtLog extends ILogger {
  static final TensorRtLog OF_PROCESS = new TensorRtLog();

  private static final Logger LOG = LoggerFactory.getLogger("dev.flamingostreams.tensorrt");

  private volatile String lastError = "";
  private volatile boolean toldOfMemory;

  private TensorRtLog() {}

  /** Forgets what was told so far. */
  void forget() {
    lastError = "";
    toldOfMemory = false;
  }

  /** The last line that told of an error, empty if none did. */
  String lastError() {
    return lastError;
  }

  /** Whether an error was that memory is full. */
  boolean toldOfMemory() {
    return toldOfMemory;
  }

  @Override
  public void log(Severity severity, String line) {
    switch (severity.intern()) {
      case kINTERNAL_ERROR, kERROR -> {
        lastError = line;
        toldOfMemory |= FullMemory.isTold(line);
        LOG.error(line);
      }
      case kWARNING -> LOG.warn(line);
      case kINFO -> LOG.info(line);
      case kVERBOSE -> LOG.trace(line);
    }
  }
}
