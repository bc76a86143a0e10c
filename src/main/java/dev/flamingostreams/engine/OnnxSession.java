package dev.flamingostreams.engine;

import ai.djl.Device;
import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.engine.EngineException;
import ai.djl.inference.Predictor;
import ai.djl.translate.TranslateException;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession.SessionOptions;
import dev.flamingostreams.checkpoints.ModelException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A graph in ONNX Runtime. */
final class OnnxSession implements GraphSession {
  private static final String WEIGHTS_DIRECTORY =
      "session.model_external_initializers_file_folder_path";
  private static final String NO_PREPACKING = "session.disable_prepacking";

  private final Model model;
  private final SessionOptions options;
  private final Predictor<List<Array>, List<Array>> predictor;

  private OnnxSession(
      Model model, SessionOptions options, Predictor<List<Array>, List<Array>> predictor) {
    this.model = model;
    this.options = options;
    this.predictor = predictor;
  }

  /**
   * Loads a graph.
   *
   * @param weights the directory of the files that the graph points into
   * @param prepack whether weights are copied into the layout that computes fastest
   */
  static OnnxSession open(Graph graph, Device device, Path weights, boolean prepack) {
    Model model = Model.newInstance(graph.name(), device, Djl.ONNX_RUNTIME);
    SessionOptions options = new SessionOptions();
    try {
      options.addConfigEntry(WEIGHTS_DIRECTORY, weights.toString());
      options.addConfigEntry(NO_PREPACKING, prepack ? "0" : "1");
      model.load(
          new ByteArrayInputStream(graph.onnx()),
          Map.of("sessionOptions", options, "disablePerSessionThreads", "true"));
      Files.deleteIfExists(
          model.getModelPath()); // DJL makes a directory for it and puts nothing in
      return new OnnxSession(model, options, model.newPredictor(new ArrayTranslator()));
    } catch (IOException | MalformedModelException | OrtException | EngineException e) {
      model.close();
      options.close();
      throw new ModelException(
          "model %s: the engine refuses its %s graph: %s"
              .formatted(weights, graph.name(), cause(e)),
          e);
    } catch (Throwable e) { // memory that is full
      model.close();
      options.close();
      throw e;
    }
  }

  static String cause(Throwable e) {
    String message = String.valueOf((e.getCause() == null ? e : e.getCause()).getMessage());
    return message.lines().findFirst().orElse("");
  }

  @Override
  public Outputs run(List<Array> inputs) {
    try {
      return new Outputs(predictor.predict(inputs));
    } catch (TranslateException e) {
      throw new EngineException(cause(e), e);
    }
  }

  @Override
  public void close() {
    predictor.close();
    model.close();
    options.close();
  }
}
