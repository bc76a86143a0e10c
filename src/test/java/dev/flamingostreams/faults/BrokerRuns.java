package dev.flamingostreams.faults;

import java.nio.file.Path;
import java.util.List;

/** A broker that can be away for a while. */
final class BrokerRuns implements AutoCloseable {
  private static final List<String> OPTIONS =
      List.of("-Xmx384m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

  private final Path directory;
  private final int port;
  private Forked run;
  private int count;

  BrokerRuns(Path directory, int port) {
    this.directory = directory;
    this.port = port;
  }

  String servers() {
    return "127.0.0.1:" + port;
  }

  /** Where its topics lie. */
  Path data() {
    return directory.resolve("broker");
  }

  void start() {
    count++;
    run =
        Forked.start(
            directory.resolve("broker-%d.log".formatted(count)),
            BrokerProcess.class,
            OPTIONS,
            List.of(data().toString(), Integer.toString(port)));
    run.awaitLine("broker:");
  }

  void stop() {
    run.stop();
  }

  @Override
  public void close() {
    run.close();
  }
}
