package dev.flamingostreams.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * How long a thread has computed and how long it has waited for a processor, as Linux counts it.
 *
 * @param ran in nanoseconds
 * @param waited in nanoseconds
 */
record ProcessorTime(long ran, long waited) {
  private static final Path OF_THIS_THREAD = Path.of("/proc/thread-self/schedstat");
  private static final ProcessorTime UNKNOWN = new ProcessorTime(0, 0);

  /** Of the calling thread; none where it is not counted. */
  static ProcessorTime ofThisThread() {
    try {
      String[] counts = Files.readString(OF_THIS_THREAD).strip().split(" ", -1);
      return new ProcessorTime(Long.parseLong(counts[0]), Long.parseLong(counts[1]));
    } catch (IOException | RuntimeException e) {
      return UNKNOWN; // another system, or a kernel without these counts
    }
  }

  /** In nanoseconds: how long it wanted a processor. */
  long took() {
    return ran + waited;
  }

  ProcessorTime since(ProcessorTime earlier) {
    return new ProcessorTime(ran - earlier.ran, waited - earlier.waited);
  }
}
