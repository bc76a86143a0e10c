package dev.flamingostreams.captions;

import dev.flamingostreams.engine.Describer;
import dev.flamingostreams.engine.EngineUsage;
import dev.flamingostreams.schema.Ledger;
import java.util.function.ToDoubleFunction;

/**
 * Metrics of the engine behind a task's describer. All tasks of a process whose models are the same
 * show the same values.
 */
final class EngineGauges {
  private static final String HIT_RATE =
      "Of the frames that clips brought along, the share that had been encoded before";
  private static final String CACHE_BYTES = "Bytes of the frame features that are kept";
  private static final String MAX_BYTES = "Bytes of frame features that may be kept";
  private static final String ENCODED = "Frames encoded, for a clip or ahead of it";
  private static final String DROPPED =
      "Frames that found no room to wait and were left to their clips";
  private static final String BATCH = "Clips of an average batch";

  private EngineGauges() {}

  static void show(Describer engine, Ledger.Entries entries) {
    show(engine, entries, "frame-cache-hit-rate", HIT_RATE, EngineUsage::hitRate);
    show(engine, entries, "frame-cache-bytes", CACHE_BYTES, EngineUsage::cacheBytes);
    show(engine, entries, "frame-cache-max-bytes", MAX_BYTES, EngineUsage::cacheMaxBytes);
    show(engine, entries, "frames-encoded-total", ENCODED, EngineUsage::framesEncoded);
    show(engine, entries, "frames-prepared-dropped-total", DROPPED, EngineUsage::preparedDropped);
    show(engine, entries, "clips-per-batch-avg", BATCH, EngineUsage::clipsPerBatch);
  }

  private static void show(
      Describer engine,
      Ledger.Entries entries,
      String name,
      String description,
      ToDoubleFunction<EngineUsage> value) {
    entries.gauge(name, description, () -> value.applyAsDouble(engine.usage()));
  }
}
