package dev.flamingostreams.engine;

import dev.flamingostreams.flamingo.Decoding;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The loaded graphs of a model, one for each set of shapes, loaded when first asked for; the ones
 * used last are kept. For one thread.
 */
final class Sessions implements AutoCloseable {
  private static final int KEPT = 32;

  private final Graphs graphs;
  private final Path weights;
  private final boolean prepack;
  private final Map<List<Object>, GraphSession> open = new LinkedHashMap<>(16, 0.75f, true);

  Sessions(Graphs graphs, Path weights, boolean prepack) {
    this.graphs = graphs;
    this.weights = weights;
    this.prepack = prepack;
  }

  GraphSession vision(int frames) {
    return get(() -> graphs.vision(frames), "vision", frames);
  }

  GraphSession resampler(int frames) {
    return get(() -> graphs.resampler(1, frames), "resampler", frames);
  }

  GraphSession describe(int batch, int media, int length, Decoding decoding) {
    return get(
        () -> graphs.describe(batch, media, length, decoding),
        "describe",
        batch,
        media,
        length,
        decoding);
  }

  GraphSession score(int batch, int media, int length, int labels, int labelLength) {
    return get(
        () -> graphs.score(batch, media, length, labels, labelLength),
        "score",
        batch,
        media,
        length,
        labels,
        labelLength);
  }

  private GraphSession get(Supplier<byte[]> graph, Object... nameAndShape) {
    List<Object> key = Arrays.asList(nameAndShape);
    GraphSession session = open.get(key);
    if (session == null) {
      session = GraphSession.open((String) key.get(0), graph.get(), weights, prepack);
      open.put(key, session);
      closeEldest();
    }
    return session;
  }

  private void closeEldest() {
    Iterator<GraphSession> eldest = open.values().iterator();
    while (open.size() > KEPT) {
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
