package dev.flamingostreams.onnx;

import ai.djl.Device;
import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.inference.Predictor;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.translate.NoopTranslator;
import ai.djl.translate.TranslateException;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession.SessionOptions;
import dev.flamingostreams.tensor.DataType;
import dev.flamingostreams.tensor.Value;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** Runs a graph with one float output once, in ONNX Runtime. */
final class OrtRunner {
  private OrtRunner() {}

  static Value run(byte[] graph, Path weights, Map<String, Value> inputs) {
    System.setProperty("ai.djl.onnx.disable_alternative", "true");
    try (Model model = Model.newInstance("test", Device.cpu(), "OnnxRuntime")) {
      SessionOptions options = new SessionOptions();
      options.addConfigEntry(
          "session.model_external_initializers_file_folder_path", weights.toString());
      model.load(new ByteArrayInputStream(graph), Map.of("sessionOptions", options));
      try (Predictor<NDList, NDList> predictor = model.newPredictor(new NoopTranslator());
          NDManager manager = model.getNDManager().newSubManager()) {
        NDList list = new NDList();
        inputs.forEach((name, value) -> list.add(array(manager, name, value)));
        NDArray output = predictor.predict(list).singletonOrThrow();
        return Value.floats(output.toFloatArray(), output.getShape().getShape());
      }
    } catch (IOException | MalformedModelException | TranslateException | OrtException e) {
      throw new IllegalStateException("ONNX Runtime refuses the graph", e);
    }
  }

  private static NDArray array(NDManager manager, String name, Value value) {
    Shape shape = new Shape(value.shape());
    NDArray array =
        value.type() == DataType.INT
            ? manager.create(value.ints(), shape)
            : manager.create(value.values(), shape);
    array.setName(name);
    return array;
  }
}
