package dev.flamingostreams.engine;

import com.sun.jna.Memory;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Platform;

/**
 * What a thread yields to others, as the operating system schedules them.
 *
 * <p>A nice thread has a smaller share, but keeps its processor to the end of its turn, some
 * milliseconds, also while another one that has just been woken wants it. An idle one gives it up
 * at once, and counts as nobody when Linux looks where to wake another one.
 */
final class Niceness {
  private static final int PROCESS = 0; // PRIO_PROCESS
  private static final int CALLER = 0;
  private static final int SCHED_IDLE = 5;

  private Niceness() {}

  /**
   * Makes the calling thread nicer, for good, than the process began, or idle. On Linux only, where
   * these calls mean one thread, and threads begin as nice as the one that starts them; elsewhere
   * they mean the process.
   *
   * @param more up to 19, or {@link EngineOptions#IDLE}
   */
  static void take(int more) {
    try {
      if (Platform.isLinux()) {
        takeHere(more);
      }
    } catch (LinkageError e) {
      // Without natives of JNA: then it is as any other.
    }
  }

  private static void takeHere(int more) {
    if (more == EngineOptions.IDLE) {
      idle();
      return;
    }
    int first = (int) ProcessHandle.current().pid(); // the thread that the process began with
    call("setpriority", PROCESS, CALLER, call("getpriority", PROCESS, first) + more);
  }

  private static void idle() {
    try (Memory priority = new Memory(Integer.BYTES)) {
      priority.setInt(0, 0); // the only one of this policy
      call("sched_setscheduler", CALLER, SCHED_IDLE, priority);
    }
  }

  private static int call(String function, Object... arguments) {
    return NativeLibrary.getProcess().getFunction(function).invokeInt(arguments);
  }
}
