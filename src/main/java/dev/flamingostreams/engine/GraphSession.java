package dev.flamingostreams.engine;

import java.util.List;

/** A graph that is loaded and can be run, by one thread at a time. */
interface GraphSession extends AutoCloseable {

  /** A failure is an {@link ai.djl.engine.EngineException}. */
  Outputs run(List<Array> inputs);

  @Override
  void close();
}
