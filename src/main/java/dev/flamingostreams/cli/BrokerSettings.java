package dev.flamingostreams.cli;

import java.nio.file.Path;
import java.util.Properties;

/** Settings of the embedded broker: one node, small internal topics, nothing created unasked. */
final class BrokerSettings {
  static final int NODE = 1;
  static final String CLIENTS = "CLIENTS";
  static final String CONTROLLER = "CONTROLLER";

  private static final int MAX_MESSAGE_BYTES = 8 << 20;

  private BrokerSettings() {}

  /**
   * @param port for clients, or 0 for one that the operating system picks
   */
  static Properties in(Path directory, int port) {
    Properties settings = new Properties();
    node(settings, directory, port);
    internalTopics(settings);
    quickness(settings);
    settings.setProperty("auto.create.topics.enable", "false");
    settings.setProperty("message.max.bytes", Integer.toString(MAX_MESSAGE_BYTES));
    return settings;
  }

  private static void node(Properties settings, Path directory, int port) {
    settings.setProperty("process.roles", "broker,controller");
    settings.setProperty("node.id", Integer.toString(NODE));
    settings.setProperty("log.dirs", directory.toString());
    settings.setProperty(
        "listeners", "%s://127.0.0.1:%d,%s://127.0.0.1:0".formatted(CLIENTS, port, CONTROLLER));
    settings.setProperty(
        "listener.security.protocol.map", CLIENTS + ":PLAINTEXT," + CONTROLLER + ":PLAINTEXT");
    settings.setProperty("controller.listener.names", CONTROLLER);
    settings.setProperty("inter.broker.listener.name", CLIENTS);
    // an address that means: known once the controller listens
    settings.setProperty("controller.quorum.voters", NODE + "@0.0.0.0:0");
  }

  private static void internalTopics(Properties settings) {
    settings.setProperty("offsets.topic.num.partitions", "4");
    settings.setProperty("offsets.topic.replication.factor", "1");
    settings.setProperty("transaction.state.log.num.partitions", "4");
    settings.setProperty("transaction.state.log.replication.factor", "1");
    settings.setProperty("transaction.state.log.min.isr", "1");
    settings.setProperty("share.coordinator.state.topic.num.partitions", "1");
    settings.setProperty("share.coordinator.state.topic.replication.factor", "1");
    settings.setProperty("share.coordinator.state.topic.min.isr", "1");
    settings.setProperty("default.replication.factor", "1");
  }

  // Controlled shutdown stays on: a broker that goes without giving up its partitions takes them
  // for
  // its own when it is back, and forgets the markers of transactions that it had not written.
  private static void quickness(Properties settings) {
    settings.setProperty("group.initial.rebalance.delay.ms", "0");
    settings.setProperty("group.min.session.timeout.ms", "1000");
    settings.setProperty("transaction.abort.timed.out.transaction.cleanup.interval.ms", "1000");
    settings.setProperty("group.coordinator.threads", "1");
    settings.setProperty("num.network.threads", "2");
    settings.setProperty("num.io.threads", "4");
    settings.setProperty("log.cleaner.dedupe.buffer.size", Integer.toString(4 << 20));
    settings.setProperty("initial.broker.registration.timeout.ms", "30000");
  }
}
