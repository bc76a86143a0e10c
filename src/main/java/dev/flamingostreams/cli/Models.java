package dev.flamingostreams.cli;

import dev.flamingostreams.engine.Describer;
import dev.flamingostreams.engine.Engine;
import dev.flamingostreams.engine.EngineOptions;
import dev.flamingostreams.engine.Prompt;
import dev.flamingostreams.plugin.TopologyFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The models of a process: one engine each, however many topologies use it. Not thread-safe. */
final class Models implements AutoCloseable {
  private final Map<Path, Engine> engines = new HashMap<>();
  private final List<Describer> describers = new ArrayList<>();

  /** What describes the clips of a topology; closed with this. */
  Describer describer(TopologyFile file) {
    return describer(Home.model(file.model()), new Prompt(file.prompt(), List.of()));
  }

  Describer describer(Path model, Prompt prompt) {
    Engine engine =
        engines.computeIfAbsent(
            model.toAbsolutePath().normalize(),
            path -> Engine.open(path, EngineOptions.defaults()));
    Describer describer = engine.describer(prompt);
    describers.add(describer);
    return describer;
  }

  @Override
  public void close() {
    describers.forEach(Describer::close);
    engines.values().forEach(Engine::close);
  }
}
