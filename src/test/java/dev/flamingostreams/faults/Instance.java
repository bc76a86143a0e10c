package dev.flamingostreams.faults;

import dev.flamingostreams.plugin.TopologyFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** One instance of an application: started, killed and started again with the same state. */
final class Instance implements AutoCloseable {
  private static final List<String> QUICK =
      List.of("-Xmx384m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

  private final String name;
  private final TopologyFile topology;
  private final Path output;
  private final Map<String, String> settings;
  private List<Forked> runs = List.of();

  Instance(String name, TopologyFile topology, Path output, Map<String, String> settings) {
    this.name = name;
    this.topology = topology;
    this.output = output;
    this.settings = Map.copyOf(settings);
  }

  /** Starts it, once more if it has ended. */
  Forked start(String model) {
    List<String> options = new ArrayList<>(QUICK);
    options.add(Forked.logging("talkative.properties"));
    List<String> arguments = new ArrayList<>(List.of(topology.file().toString(), model));
    settings.forEach((key, value) -> arguments.add(key + "=" + value));
    Path file = output.resolve("%s-%d.log".formatted(name, runs.size() + 1));
    List<Forked> all = new ArrayList<>(runs);
    all.add(Forked.start(file, InstanceProcess.class, options, arguments));
    runs = List.copyOf(all);
    return run();
  }

  /** The run that was started last. */
  Forked run() {
    return runs.get(runs.size() - 1);
  }

  Forked startAndAwait(String model) {
    Forked run = start(model);
    run.awaitLine("running");
    return run;
  }

  TopologyFile topology() {
    return topology;
  }

  Path stateDirectory() {
    return Path.of(settings.getOrDefault("state.dir", ""));
  }

  /** Of all runs, the oldest first. */
  List<String> outputs() {
    return runs.stream().map(Forked::output).toList();
  }

  List<Path> files() {
    return runs.stream().map(Forked::file).toList();
  }

  @Override
  public void close() {
    runs.forEach(Forked::close);
  }
}
