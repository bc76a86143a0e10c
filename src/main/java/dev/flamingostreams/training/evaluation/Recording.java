package dev.flamingostreams.training.evaluation;

import java.io.IOException;
import java.util.List;

/** A recording of the real world. */
public interface Recording {

  String name();

  /** Plays it from its start to its end; each window becomes a clip. */
  void play(Audience audience) throws IOException;

  /** Sees the windows in order. */
  @FunctionalInterface
  interface Audience {
    void window(List<Shot> shots);
  }
}
