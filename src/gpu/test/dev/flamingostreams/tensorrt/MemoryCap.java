package dev.flamingostreams.tensorrt;

import org.bytedeco.javacpp.Pointer;

/** Tells how much a process may hold before JavaCPP refuses memory, 0 for any. */
final class MemoryCap {
  private MemoryCap() {}

  public static void main(String... none) {
    TensorRtLibraries.load();
    System.out.println("cap " + Pointer.maxPhysicalBytes());
  }
}
