package dev.flamingostreams.engine;

import com.sun.jna.NativeLibrary;
import com.sun.jna.Platform;

/** What a thread yields to others, as the operating system schedules them. */
final class Niceness {
  private static final int PROCESS = 0; // PRIO_PROCESS
  private static final int CALLER = 0;

  private Niceness() {}

  /**
   * Makes the calling thread nicer, for good, than the process began. On Linux only, where this
   * call means one thread, and threads begin as nice as the one that starts them; elsewhere it
   * means the process.
   */
  static void take(int more) {
    try {
      if (Platform.isLinux()) {
        int first = (int) ProcessHandle.current().pid(); // the thread that the process began with
        call("setpriority", PROCESS, CALLER, call("getpriority", PROCESS, first) + more);
      }
    } catch (LinkageError e) {
      // Without natives of JNA: then it is as any other.
    }
  }

  private static int call(String function, Object... arguments) {
    return NativeLibrary.getProcess().getFunction(function).invokeInt(arguments);
  }
}
