package dev.flamingostreams.agent;

import dev.flamingostreams.agent.hosts.WordCount;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** An application of somebody else's: by default a word count on our own Kafka. */
final class Application {
  private static final List<String> LIBRARIES =
      List.of("kafka-streams-4", "kafka-clients", "rocksdbjni", "slf4j", "jackson-");
  private static final List<Path> OURS =
      Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
          .map(Path::of)
          .toList();

  final Cluster cluster;
  final Path directory;
  final String id;
  final Map<String, String> settings = new LinkedHashMap<>();
  final List<String> agentsBefore = new ArrayList<>();
  final List<String> jvmOptions = new ArrayList<>();
  final List<Path> classPath = new ArrayList<>();
  final List<String> command = new ArrayList<>();
  Path java = Path.of(System.getProperty("java.home"));
  String topology = "";
  private int hosts;

  /** Has topics of its own. */
  Application(Cluster cluster, Path directory, String id) throws Exception {
    this.cluster = cluster;
    this.directory = Files.createDirectories(directory);
    this.id = id;
    cluster.settings().forEach((key, value) -> settings.put(key, value.toString()));
    settings.put("application.id", id);
    settings.put("processing.guarantee", "exactly_once_v2");
    settings.put("commit.interval.ms", "100");
    protocol("classic");
    classPath.add(classes());
    classPath.addAll(libraries(LIBRARIES));
    cluster.create(topic("lines"), topic("counts"));
    cluster.create(topic("frames"), topic("captions"), topic("dead"));
    main(WordCount.class);
  }

  /** Another main class, with settings file, input and output as its arguments. */
  Application main(Class<?> main) {
    command.clear();
    command.addAll(List.of("-cp", "CLASSPATH", main.getName(), "SETTINGS"));
    command.addAll(List.of(topic("lines"), topic("counts")));
    return this;
  }

  /** Instances that end are noticed soon, where the protocol leaves it to the client. */
  void protocol(String name) {
    List<String> keys = List.of("consumer.session.timeout.ms", "consumer.heartbeat.interval.ms");
    if (name.equals("classic")) {
      settings.put(keys.get(0), "6000");
      settings.put(keys.get(1), "1000");
    } else {
      settings.keySet().removeAll(keys);
      settings.put("group.protocol", name);
    }
  }

  String topic(String role) {
    return id + "-" + role;
  }

  /** The host as its people start it. */
  HostProcess alone() throws IOException {
    return start(List.of());
  }

  /**
   * The host with the agent.
   *
   * @param options beside the topology
   */
  HostProcess withAgent(String... options) throws IOException {
    List<String> all = new ArrayList<>(List.of(options));
    all.add(0, topologyFile().toString());
    return start(List.of(HostProcess.agent(String.join(",", all))));
  }

  /** The topology file that the agent is given. */
  Path topologyFile() throws IOException {
    String text =
        """
        name: video
        input: {topic: %s}
        outputs: {captions: %s, dead-letters: %s}
        """
            .formatted(topic("frames"), topic("captions"), topic("dead"));
    return Files.writeString(directory.resolve("topology.yaml"), text + topology);
  }

  /** Jars of the class path of the tests, by what their names begin with. */
  static List<Path> libraries(List<String> wanted) {
    return OURS.stream()
        .filter(path -> wanted.stream().anyMatch(path.getFileName().toString()::startsWith))
        .toList();
  }

  /** What the tests are compiled to, the hosts among it. */
  static Path classes() {
    return OURS.stream().filter(path -> path.endsWith("test-classes")).findFirst().orElseThrow();
  }

  /** Each host has a state directory, which the next one finds if it comes in its place. */
  Application anotherMachine() {
    hosts++;
    return this;
  }

  private HostProcess start(List<String> agent) throws IOException {
    List<String> arguments = new ArrayList<>(agentsBefore);
    arguments.addAll(agent);
    arguments.addAll(jvmOptions);
    for (String word : command) {
      switch (word) {
        case "CLASSPATH" -> arguments.add(HostProcess.classPath(classPath));
        case "SETTINGS" -> arguments.add(settingsFile().toString());
        default -> arguments.add(word);
      }
    }
    return HostProcess.start(java, arguments);
  }

  private Path settingsFile() throws IOException {
    settings.put("state.dir", directory.resolve("state-" + hosts).toString());
    return Files.writeString(
        directory.resolve("host-" + hosts + ".properties"),
        settings.entrySet().stream()
            .map(entry -> entry.getKey() + "=" + entry.getValue() + "\n")
            .collect(Collectors.joining()));
  }
}
