package dev.flamingostreams.cli;

import dev.flamingostreams.engine.EngineOptions;
import dev.flamingostreams.plugin.Models;
import dev.flamingostreams.plugin.Runner;
import dev.flamingostreams.plugin.TopologyFile;
import dev.flamingostreams.schema.Ledger;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** In this process. */
final class RunnerService implements Service {
  private final Models models = new Models(Path.of("src/main/models"), EngineOptions.defaults());
  private final Runner runner;

  RunnerService(TopologyFile file, Map<String, Object> kafka, Path directory) {
    Map<String, Object> settings = new HashMap<>(kafka);
    settings.put("state.dir", directory.resolve("state").toString());
    runner = Runner.start(List.of(file), settings, models::describer);
  }

  @Override
  public long of(String unit, String outcome) {
    return ledger(unit).of(outcome);
  }

  @Override
  public long open(String unit) {
    return ledger(unit).open();
  }

  @Override
  public long in(String unit) {
    return ledger(unit).in();
  }

  @Override
  public void close() {
    runner.close();
    models.close();
  }

  private Ledger ledger(String unit) {
    return runner.ledgers().values().stream()
        .flatMap(ledgers -> ledgers.all().stream())
        .filter(ledger -> ledger.unit().equals(unit))
        .findFirst()
        .orElseThrow();
  }
}
