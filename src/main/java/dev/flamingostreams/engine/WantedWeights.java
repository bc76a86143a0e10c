package dev.flamingostreams.engine;

import dev.flamingostreams.flamingo.Decoding;
import dev.flamingostreams.flamingo.FlamingoConfig;
import dev.flamingostreams.onnx.OnnxBackend;
import dev.flamingostreams.tensor.DataType;
import dev.flamingostreams.tensor.Weights;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Learns what weights a config asks for by recording its graphs without any. */
final class WantedWeights {
  private final Map<String, List<Long>> shapes = new LinkedHashMap<>();

  private WantedWeights() {}

  /** Names and shapes, in the order in which the model asks for them. */
  static Map<String, List<Long>> of(FlamingoConfig config) {
    WantedWeights wanted = new WantedWeights();
    Graphs graphs = new Graphs(config, wanted::of);
    graphs.vision(1);
    graphs.resampler(1, 1);
    graphs.describe(1, 1, 1, Decoding.greedy(1));
    return wanted.shapes;
  }

  private Weights of(OnnxBackend graph) {
    return (name, shape) -> {
      shapes.putIfAbsent(name, Arrays.stream(shape).boxed().toList());
      return graph.input(name, DataType.FLOAT, shape);
    };
  }
}
