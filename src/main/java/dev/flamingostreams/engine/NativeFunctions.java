package dev.flamingostreams.engine;

/** The functions of a native library, by their names. */
public interface NativeFunctions {

  /**
   * Those of a library that the system finds, or that lies at a path.
   *
   * @throws UnsatisfiedLinkError if there is none
   * @throws GpuException if this process can call no native function
   */
  static NativeFunctions of(String library) {
    return JnaFunctions.of(library);
  }

  /**
   * Calls one that returns an {@code int}.
   *
   * @param arguments integers, and arrays that it reads and writes
   * @throws GpuException if the library has no such function
   */
  int call(String function, Object... arguments);
}
