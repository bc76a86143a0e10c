package dev.flamingostreams.flamingo;

import dev.flamingostreams.tensor.Backend;
import dev.flamingostreams.tensor.Weights;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The weights that a model of some config is made of. */
public final class WeightShapes {
  private WeightShapes() {}

  /**
   * Names and shapes of all weights, in the order in which the model asks for them.
   *
   * @param any gives some tensor for every name and shape
   */
  public static Map<String, List<Long>> of(FlamingoConfig config, Weights any, Backend backend) {
    Map<String, List<Long>> shapes = new LinkedHashMap<>();
    Weights recorded =
        (name, shape) -> {
          shapes.put(name, Arrays.stream(shape).boxed().toList());
          return any.get(name, shape);
        };
    int width = config.vision().width();
    VisionEncoder.of(config.vision(), recorded.at("vision"), backend);
    new PerceiverResampler(config.resampler(), width, recorded.at("resampler"), backend);
    new LanguageModel(
        config.language(), config.crossAttention(), width, 1, recorded.at("language"), backend);
    return shapes;
  }
}
