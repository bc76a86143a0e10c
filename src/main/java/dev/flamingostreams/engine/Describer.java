package dev.flamingostreams.engine;

import java.util.concurrent.CompletableFuture;

/** Describes clips as one task asks of one model. Thread-safe; order of completion is free. */
public interface Describer extends AutoCloseable {

  /** What the captions of this describer are signed with. */
  ModelInfo model();

  /**
   * Queues a clip. The future fails with {@link ClipException} if this clip cannot be described (an
   * image that cannot be decoded, a time-out); the clips beside it are not touched. Who cancels the
   * future, or fails it, takes the clip back, unless it is being computed.
   */
  CompletableFuture<Description> describe(ClipInput clip);

  /**
   * Queues a frame that a clip will probably bring along, to be encoded when no clip waits. Best
   * effort: what is wrong with it the clip will be told.
   */
  default void prepare(byte[] image) {}

  /** What the engine behind this and other describers has done. */
  default EngineUsage usage() {
    return EngineUsage.NONE;
  }

  /**
   * Queues a clip that need not be described if it looks as an earlier one did: then the
   * description is {@link Description#unchanged()} and has no text. A describer that cannot compare
   * describes it and gives no signature.
   */
  default CompletableFuture<Description> describe(ClipInput clip, Comparison comparison) {
    return describe(clip);
  }

  @Override
  void close();
}
