package dev.flamingostreams.tensorrt;

import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.bytedeco.tensorrt.global.nvinfer.LayerType;

/**
 * Which tensors of a network are to be floats: logits, log-probabilities and whatever is computed
 * from those; means over many values, with the squares that they are of and what scales by them.
 */
final class FloatTensors {
  private static final String LOG_SOFTMAX = "LogSoftmax";

  /** The output of a graph that gives them as they are. */
  private static final String LOGITS = "logits";

  /** These give what they are given. */
  private static final Set<LayerType> MOVES =
      EnumSet.of(
          LayerType.kSHUFFLE,
          LayerType.kSLICE,
          LayerType.kCONCATENATION,
          LayerType.kGATHER,
          LayerType.kRECURRENCE,
          LayerType.kLOOP_OUTPUT,
          LayerType.kIDENTITY,
          LayerType.kCAST,
          LayerType.kCONSTANT);

  /** What is computed from a mean up to the next matrix: a norm's root, its quotient, its gain. */
  private static final Set<LayerType> OF_MEANS =
      EnumSet.of(LayerType.kELEMENTWISE, LayerType.kUNARY, LayerType.kSHUFFLE);

  private final List<Layer> layers;
  private final Set<String> floats = new HashSet<>();
  private final Set<String> ofMeans = new HashSet<>();

  /**
   * A layer by the names of its tensors.
   *
   * @param outputs those of real numbers
   */
  record Layer(String name, LayerType type, List<String> inputs, List<String> outputs) {

    Layer {
      inputs = List.copyOf(inputs);
      outputs = List.copyOf(outputs);
    }

    /** Whether it gives other values than it is given, so that it has a precision of its own. */
    boolean computes() {
      return !MOVES.contains(type);
    }

    private boolean reads(Set<String> tensors) {
      return inputs.stream().anyMatch(tensors::contains);
    }
  }

  private FloatTensors(List<Layer> layers) {
    this.layers = layers;
  }

  /** Their names. */
  static Set<String> of(List<Layer> layers) {
    FloatTensors tensors = new FloatTensors(layers);
    tensors.find();
    return Set.copyOf(tensors.floats);
  }

  private void find() {
    for (Layer layer : layers) {
      if (layer.name.startsWith(LOG_SOFTMAX)) {
        floats.addAll(layer.outputs);
        logits(layer.inputs.get(0));
      } else if (layer.outputs.contains(LOGITS)) {
        logits(LOGITS);
      } else if (layer.type == LayerType.kREDUCE) {
        ofMeans.addAll(layer.outputs);
        squares(layer.inputs.get(0));
      }
    }
    spread(ofMeans, layer -> OF_MEANS.contains(layer.type));
    spread(floats, layer -> true);
    floats.addAll(ofMeans);
  }

  /** The products that give logits. */
  private void logits(String wanted) {
    for (Layer layer : layers) {
      if (layer.outputs.equals(List.of(wanted))) {
        if (layer.type == LayerType.kCONCATENATION) {
          layer.inputs.forEach(this::logits);
        } else if (!layer.computes()) {
          layer.inputs.stream().limit(1).forEach(this::logits);
        } else if (layer.type == LayerType.kMATRIX_MULTIPLY) {
          floats.addAll(layer.outputs);
        }
      }
    }
  }

  /** What a mean is taken of: the square of 256 is more than half precision holds. */
  private void squares(String wanted) {
    layers.stream()
        .filter(layer -> layer.type == LayerType.kELEMENTWISE)
        .filter(layer -> layer.outputs.contains(wanted))
        .forEach(layer -> ofMeans.addAll(layer.outputs));
  }

  /** Loops lead back, so that one walk is not enough. */
  private void spread(Set<String> tensors, Predicate<Layer> through) {
    int before;
    do {
      before = tensors.size();
      for (Layer layer : layers) {
        if (through.test(layer) && layer.reads(tensors)) {
          tensors.addAll(layer.outputs);
        }
      }
    } while (tensors.size() > before);
  }
}
