package dev.flamingostreams.engine;

import ai.djl.Device;
import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.engine.EngineException;
import ai.djl.inference.Predictor;
import ai.djl.ndarray.NDArray;
import ai.djl.translate.TranslateException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A graph in TensorRT. */
final class TensorRtSession implements GraphSession {
  private final Model model;
  private final Predictor<List<Array>, List<Array>> predictor;
  private final PageLocks locks;
  private final List<String> inputs;

  private TensorRtSession(
      Model model,
      Predictor<List<Array>, List<Array>> predictor,
      PageLocks locks,
      List<String> inputs) {
    this.model = model;
    this.predictor = predictor;
    this.locks = locks;
    this.inputs = inputs;
  }

  /**
   * Loads what was compiled.
   *
   * @param gpu for which it was
   */
  static TensorRtSession open(Graph graph, Path compiled, int gpu, GraphCompiler compiler) {
    return Djl.inOwnLoader(
        () -> {
          Model model = Model.newInstance(graph.name(), Device.gpu(gpu), Djl.TENSORRT);
          try {
            model.load(compiled, null, Map.of()); // it does not bear to be told nothing
            Map<String, NDArray> bound = new HashMap<>();
            var predictor = model.newPredictor(new BoundTranslator(bound));
            // the predictor has made these, and no others are in the model
            model.getNDManager().getManagedArrays().forEach(a -> bound.put(a.getName(), a));
            PageLocks locks = PageLocks.of(bound.values(), compiler);
            return new TensorRtSession(model, predictor, locks, graph.inputs());
          } catch (IOException | MalformedModelException | EngineException e) {
            model.close();
            throw new GpuException(
                "TensorRT refuses the compiled %s graph in %s: %s"
                    .formatted(graph, compiled, OnnxSession.cause(e)),
                e);
          } catch (Throwable e) { // memory that is full
            model.close();
            throw e;
          }
        });
  }

  /** This engine takes inputs by their order. */
  @Override
  public Outputs run(List<Array> arrays) {
    List<Array> ordered =
        arrays.stream()
            .sorted(Comparator.comparingInt(array -> inputs.indexOf(array.name())))
            .toList();
    try {
      return new Outputs(predictor.predict(ordered));
    } catch (TranslateException e) {
      throw new EngineException(OnnxSession.cause(e), e);
    }
  }

  @Override
  public void close() {
    locks.close();
    predictor.close();
    model.close();
  }
}
