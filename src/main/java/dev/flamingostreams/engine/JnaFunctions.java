package dev.flamingostreams.engine;

import com.sun.jna.Function;
import com.sun.jna.NativeLibrary;

/** Those that JNA finds, which unpacks a library of its own for it. */
record JnaFunctions(NativeLibrary library) implements NativeFunctions {

  static JnaFunctions of(String library) {
    requireJna();
    return new JnaFunctions(NativeLibrary.getInstance(library));
  }

  /** Where that has failed once, the classes stay unusable. */
  private static void requireJna() {
    try {
      NativeLibrary.getProcess();
    } catch (LinkageError e) {
      throw GpuException.ofLink(
          "JNA, which the NVIDIA driver is asked with,",
          e,
          "let FLAMINGO_OPTS=-Djna.tmpdir=DIR name a directory where libraries can be unpacked and loaded");
    }
  }

  @Override
  public int call(String function, Object... arguments) {
    return find(function).invokeInt(arguments);
  }

  private Function find(String function) {
    try {
      return library.getFunction(function);
    } catch (UnsatisfiedLinkError e) {
      throw new GpuException(
          "%s is another library (it has no function %s); put the right one in its place"
              .formatted(library.getFile(), function),
          e);
    }
  }
}
