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

  /** Each may hold weights of its own, where they are stored in another type. */
  private static final int KEPT_OF_LARGE_WEIGHTS = 6;

  private final Graphs graphs;
  private final Path weights;
  private final boolean prepack;
  private final int kept;
  private final Map<List<Object>, GraphSession> open = new LinkedHashMap<>(16, 0.75f, true);

  /**
   * Opens none yet.
   *
   * @param prepack whether weights are copied into the layout that computes fastest: not for those
   *     that are large, of which fewer graphs are kept too
   */
  Sessions(Graphs graphs, Path weights, boolean prepack) {
    this.graphs = graphs;
    this.weights = weights;
    this.prepack = prepack;
    this.kept = prepack ? KEPT : KEPT_OF_LARGE_WEIGHTS;
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
    while (open.size() > kept) {
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
