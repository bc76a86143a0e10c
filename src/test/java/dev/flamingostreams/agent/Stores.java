package dev.flamingostreams.agent;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A key of a broker on this machine, and who trusts it. */
record Stores(Path keys, Path trust) {
  private static final String PASSWORD = "flamingo";

  static Stores make(Path directory) throws IOException, InterruptedException {
    Stores stores = new Stores(directory.resolve("keys.p12"), directory.resolve("trust.p12"));
    Path certificate = directory.resolve("broker.crt");
    keytool(
        stores.keys,
        List.of("-genkeypair", "-alias", "broker", "-keyalg", "EC", "-dname", "CN=broker"),
        List.of("-ext", "SAN=IP:127.0.0.1", "-validity", "30"));
    keytool(
        stores.keys,
        List.of("-exportcert", "-alias", "broker", "-file", certificate.toString()),
        List.of());
    keytool(
        stores.trust,
        List.of("-importcert", "-alias", "broker", "-file", certificate.toString()),
        List.of("-noprompt"));
    return stores;
  }

  Map<String, String> brokerSettings() {
    Map<String, String> settings = new HashMap<>(clientSettings());
    settings.remove("security.protocol");
    settings.put("listener.security.protocol.map", "CLIENTS:SSL,CONTROLLER:PLAINTEXT");
    settings.put("ssl.keystore.location", keys.toString());
    settings.put("ssl.keystore.password", PASSWORD);
    return settings;
  }

  Map<String, String> clientSettings() {
    return Map.of(
        "security.protocol",
        "SSL",
        "ssl.truststore.location",
        trust.toString(),
        "ssl.truststore.password",
        PASSWORD);
  }

  private static void keytool(Path store, List<String> what, List<String> more)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(what);
    command.addAll(more);
    command.addAll(List.of("-keystore", store.toString(), "-storepass", PASSWORD));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException(output);
    }
  }
}
