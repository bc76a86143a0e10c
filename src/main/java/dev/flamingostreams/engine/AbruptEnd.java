package dev.flamingostreams.engine;

import com.sun.jna.NativeLibrary;

/** Ends a process while a thread is at work in native code. */
final class AbruptEnd {

  private AbruptEnd() {}

  /**
   * Does not return. {@link Runtime#halt} would have the C library take ONNX Runtime apart from
   * under the thread, which crashes then; {@code _exit} takes nothing apart.
   */
  static void now(int code) {
    System.out.flush();
    System.err.flush();
    try {
      NativeLibrary.getProcess().getFunction("_exit").invoke(new Object[] {code});
    } catch (LinkageError e) {
      // A system without it, such as Windows.
    }
    Runtime.getRuntime().halt(code);
  }
}
