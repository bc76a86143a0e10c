package dev.flamingostreams.tensorrt;

import java.nio.ByteBuffer;
import org.bytedeco.cuda.global.cudart;
import org.bytedeco.javacpp.Pointer;

/** Pages that stay where they are, so that the GPU copies from and to them by itself. */
final class PageLock {

  private PageLock() {}

  /** Whether the driver has locked it; it does not lock a page twice. */
  static boolean lock(ByteBuffer memory) {
    try (Pointer pointer = new Pointer(memory)) {
      boolean locked =
          cudart.cudaHostRegister(pointer, memory.capacity(), cudart.cudaHostRegisterPortable) == 0;
      if (!locked) {
        cudart.cudaGetLastError(); // or TensorRT takes it for one of its own
      }
      return locked;
    }
  }

  static void unlock(ByteBuffer memory) {
    try (Pointer pointer = new Pointer(memory)) {
      cudart.cudaHostUnregister(pointer);
    }
  }
}
