package dev.flamingostreams.engine;

import java.nio.file.Path;
import java.util.List;

/**
 * What runs a model, and where.
 *
 * @param kind of the engine
 * @param processor that it computes on
 * @param batches rising: numbers of clips that TensorRT compiles graphs for
 * @param cache directory of the graphs that TensorRT has compiled
 */
public record EngineChoice(
    EngineKind kind, Processor processor, List<Integer> batches, Path cache) {
  private static final List<Integer> BATCHES = List.of(1, 8);
  private static final int MOST_CLIPS = 64;

  public EngineChoice {
    batches = batches.stream().sorted().distinct().toList();
    if (batches.isEmpty() || batches.get(0) < 1 || batches.get(batches.size() - 1) > MOST_CLIPS) {
      throw new IllegalArgumentException(
          "batches are %s, must be numbers of 1 to %d".formatted(batches, MOST_CLIPS));
    }
  }

  /** TensorRT where there is a GPU for it; its graphs in the user's cache. */
  public static EngineChoice auto() {
    return new EngineChoice(EngineKind.AUTO, Processor.ANY, BATCHES, CompiledGraphs.directory());
  }

  public EngineChoice withKind(EngineKind value) {
    return new EngineChoice(value, processor, batches, cache);
  }

  public EngineChoice withProcessor(Processor value) {
    return new EngineChoice(kind, value, batches, cache);
  }

  public EngineChoice withBatches(List<Integer> value) {
    return new EngineChoice(kind, processor, value, cache);
  }

  public EngineChoice withCache(Path value) {
    return new EngineChoice(kind, processor, batches, value);
  }
}
