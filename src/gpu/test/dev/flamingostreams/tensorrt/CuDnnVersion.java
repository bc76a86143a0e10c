package dev.flamingostreams.tensorrt;

import com.sun.jna.Function;
import com.sun.jna.NativeLibrary;
import com.sun.jna.ptr.IntByReference;

/** Asks cuDNN for its version as TensorRT does, in a process that may end of it. */
final class CuDnnVersion {
  private static final int MAJOR = 0;

  private CuDnnVersion() {}

  public static void main(String... none) {
    TensorRtLibraries.load();
    Function property = NativeLibrary.getInstance("libcudnn.so.8").getFunction("cudnnGetProperty");
    IntByReference value = new IntByReference();
    property.invokeInt(new Object[] {MAJOR, value});
    System.out.println("cuDNN " + value.getValue());
  }
}
