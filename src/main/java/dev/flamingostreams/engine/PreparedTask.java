package dev.flamingostreams.engine;

import java.util.List;
import java.util.stream.Stream;

/** A task in tokens, which the graphs of a model can be asked. Immutable. */
sealed interface PreparedTask permits Conversation, Choice {

  PreparedPrompt prompt();

  /**
   * What {@link #ask} may run.
   *
   * @param size of the batch
   */
  Stream<Graph> graphs(Graphs graphs, int size);

  /**
   * Asks it of some clips at once.
   *
   * @param latents {@code [R, D]} of each clip
   * @param size of the batch that the graphs are run with, at least as many
   * @return a reply for each clip
   */
  List<Reply> ask(Sessions sessions, List<float[]> latents, int size);
}
