package dev.flamingostreams.faults;

import dev.flamingostreams.cli.EmbeddedBroker;
import java.nio.file.Path;

/** A broker in a JVM of its own: directory, port. */
final class BrokerProcess {
  private BrokerProcess() {}

  public static void main(String[] arguments) throws Exception {
    int port = Integer.parseInt(arguments[1]);
    try (EmbeddedBroker broker = EmbeddedBroker.in(Path.of(arguments[0]), port)) {
      System.out.println("broker: " + broker.bootstrapServers());
      Leash.awaitStop(() -> {});
    }
    System.exit(0);
  }
}
