package dev.flamingostreams.agent;

import java.util.Map;

/**
 * A cluster that asks who its clients are: one that may do all, and one that may do what it is
 * granted.
 */
final class Users {
  static final String ADMIN = "admin";
  static final String HOST = "host";

  private static final String MODULE =
      "org.apache.kafka.common.security.plain.PlainLoginModule required";

  private Users() {}

  static Map<String, String> brokerSettings() {
    return Map.of(
        "listener.security.protocol.map",
        "CLIENTS:SASL_PLAINTEXT,CONTROLLER:PLAINTEXT",
        "sasl.enabled.mechanisms",
        "PLAIN",
        "sasl.mechanism.inter.broker.protocol",
        "PLAIN",
        "listener.name.clients.plain.sasl.jaas.config",
        "%s username=\"%s\" password=\"%s\" user_%s=\"%s\" user_%s=\"%s\";"
            .formatted(MODULE, ADMIN, ADMIN, ADMIN, ADMIN, HOST, HOST),
        "authorizer.class.name",
        "org.apache.kafka.metadata.authorizer.StandardAuthorizer",
        "super.users",
        "User:%s;User:ANONYMOUS".formatted(ADMIN)); // the controller's listener asks nobody
  }

  static Map<String, String> clientSettings(String user) {
    return Map.of(
        "security.protocol", "SASL_PLAINTEXT",
        "sasl.mechanism", "PLAIN",
        "sasl.jaas.config", login(user));
  }

  static String login(String user) {
    return "%s username=\"%s\" password=\"%s\";".formatted(MODULE, user, user);
  }
}
