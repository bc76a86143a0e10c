package dev.flamingostreams.engine;

import java.util.List;

/** Computes batches of clips, for one thread. */
interface BatchProcessor extends AutoCloseable {

  /** Completes the outcome of each job, or throws: then the batch has failed as a whole. */
  void process(List<ClipJob> batch);

  @Override
  void close();
}
