package dev.flamingostreams.agent;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The threads of a process, native ones too, as Linux lists them. */
final class HostThreads {
  private static final int NICE = 16; // in stat, counted from the state

  private HostThreads() {}

  /**
   * One thread.
   *
   * @param name its first 15 characters; a native thread has that of the thread that started it
   * @param niceness more than that of the process
   */
  record Seen(String name, int niceness) {}

  static List<Seen> of(long process) throws IOException {
    int first = read(Path.of("/proc/" + process)).niceness;
    List<Seen> seen = new ArrayList<>();
    for (Path task : tasks(process)) {
      try {
        Seen thread = read(task);
        seen.add(new Seen(thread.name, thread.niceness - first));
      } catch (IOException e) {
        // It has ended since.
      }
    }
    return seen;
  }

  private static Seen read(Path task) throws IOException {
    String stat = Files.readString(task.resolve("stat"));
    int end = stat.lastIndexOf(')');
    int niceness = Integer.parseInt(stat.substring(end + 2).split(" ", -1)[NICE]);
    return new Seen(stat.substring(stat.indexOf('(') + 1, end), niceness);
  }

  private static List<Path> tasks(long process) throws IOException {
    try (Stream<Path> tasks = Files.list(Path.of("/proc/" + process + "/task"))) {
      return tasks.toList();
    }
  }
}
