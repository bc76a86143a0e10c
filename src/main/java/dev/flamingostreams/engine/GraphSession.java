package dev.flamingostreams.engine;

import java.util.List;

/** A graph that is loaded and can be run, by one thread at a time. */
interface GraphSession extends AutoCloseable {

  /**
   * Runs it; a failure is an {@link ai.djl.engine.EngineException}.
   *
   * @return what may be in memory that the next run writes to
   */
  Outputs run(List<Array> inputs);

  @Override
  void close();
}
