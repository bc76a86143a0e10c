package dev.flamingostreams.engine;

import java.nio.file.Path;
import java.util.List;

/**
 * What runs a model, and where.
 *
 * @param kind of the engine
 * @param processor that it computes on
 * @param batches rising: numbers of clips that TensorRT compiles graphs for
 * @param sessions that compute side by side; each has its own copy of the weights
 * @param cache directory of the graphs that TensorRT has compiled
 */
public record EngineChoice(
    EngineKind kind, Processor processor, List<Integer> batches, int sessions, Path cache) {
  private static final List<Integer> BATCHES = List.of(1, 8);
  private static final int MOST_CLIPS = 64;
  private static final int MOST_SESSIONS = 16;

  public EngineChoice {
    batches = batches.stream().sorted().distinct().toList();
    if (batches.isEmpty() || batches.get(0) < 1 || batches.get(batches.size() - 1) > MOST_CLIPS) {
      throw new IllegalArgumentException(
          "batch is %s, must be numbers from 1 to %d".formatted(batches, MOST_CLIPS));
    }
    if (sessions < 1 || sessions > MOST_SESSIONS) {
      throw new IllegalArgumentException(
          "sessions is %d, must be 1 to %d".formatted(sessions, MOST_SESSIONS));
    }
  }

  /** TensorRT where there is a GPU for it; its graphs in the user's cache. */
  public static EngineChoice auto() {
    return new EngineChoice(EngineKind.AUTO, Processor.ANY, BATCHES, 1, CompiledGraphs.directory());
  }

  /** The same, with the processor that an engine takes of which none is named. */
  public EngineChoice resolved() {
    if (!processor.equals(Processor.ANY)) {
      return this;
    }
    return switch (kind) {
      case AUTO -> this;
      case ONNXRUNTIME -> withProcessor(Processor.CPU);
      case TENSORRT -> withProcessor(Processor.FIRST_GPU);
    };
  }

  public EngineChoice withKind(EngineKind value) {
    return new EngineChoice(value, processor, batches, sessions, cache);
  }

  public EngineChoice withProcessor(Processor value) {
    return new EngineChoice(kind, value, batches, sessions, cache);
  }

  public EngineChoice withBatches(List<Integer> value) {
    return new EngineChoice(kind, processor, value, sessions, cache);
  }

  public EngineChoice withSessions(int value) {
    return new EngineChoice(kind, processor, batches, value, cache);
  }

  public EngineChoice withCache(Path value) {
    return new EngineChoice(kind, processor, batches, sessions, value);
  }
}
