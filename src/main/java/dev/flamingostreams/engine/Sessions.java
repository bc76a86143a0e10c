package dev.flamingostreams.engine;

import dev.flamingostreams.flamingo.Decoding;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The loaded graphs of a model, one for each set of shapes, loaded when first asked for; the ones
 * used last are kept. For one thread, which may pause before each run.
 */
final class Sessions implements AutoCloseable {
  private final Graphs graphs;
  private final GraphRuntime runtime;
  private final Runnable pause;
  private final Map<List<Object>, GraphSession> open = new LinkedHashMap<>(16, 0.75f, true);

  /** Opens none yet. */
  Sessions(Graphs graphs, GraphRuntime runtime) {
    this(graphs, runtime, () -> {});
  }

  /**
   * @param pause done whenever a graph is asked for to be run
   */
  Sessions(Graphs graphs, GraphRuntime runtime, Runnable pause) {
    this.graphs = graphs;
    this.runtime = runtime;
    this.pause = pause;
  }

  /** The sizes that graphs are to be asked for. */
  GraphSizes sizes() {
    return runtime.sizes();
  }

  /** Where memory does not hold a graph of some size, the work is done with smaller ones. */
  void withinMemory(Runnable work) {
    runtime.withinMemory(work);
  }

  GraphSession vision(int frames) {
    return get(() -> graphs.vision(frames), Graphs.VISION, frames);
  }

  GraphSession resampler(int batch, int frames) {
    return get(() -> graphs.resampler(batch, frames), Graphs.RESAMPLER, batch, frames);
  }

  GraphSession describe(int batch, int media, int length, Decoding decoding) {
    return get(
        () -> graphs.describe(batch, media, length, decoding),
        Graphs.DESCRIBE,
        batch,
        media,
        length,
        decoding);
  }

  GraphSession score(int batch, int media, int length, int labels, int labelLength) {
    return get(
        () -> graphs.score(batch, media, length, labels, labelLength),
        Graphs.SCORE,
        batch,
        media,
        length,
        labels,
        labelLength);
  }

  GraphSession logits(int batch, int media, int length) {
    return get(() -> graphs.logits(batch, media, length), Graphs.LOGITS, batch, media, length);
  }

  private GraphSession get(Supplier<Graph> graph, Object... nameAndShape) {
    pause.run();
    List<Object> key = Arrays.asList(nameAndShape);
    GraphSession session = open.get(key);
    if (session == null) {
      session = runtime.open(graph.get());
      open.put(key, session);
      closeEldest();
    }
    return session;
  }

  private void closeEldest() {
    Iterator<GraphSession> eldest = open.values().iterator();
    while (open.size() > runtime.mostOpen()) {
      eldest.next().close();
      eldest.remove();
    }
  }

  @Override
  public void close() {
    open.values().forEach(GraphSession::close);
    open.clear();
  }
}
