package dev.flamingostreams.tensorrt;

import static org.bytedeco.tensorrt.global.nvinfer.DataType.kFLOAT;
import static org.bytedeco.tensorrt.global.nvinfer.DataType.kHALF;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.bytedeco.tensorrt.global.nvinfer.DataType;
import org.bytedeco.tensorrt.global.nvinfer.LayerType;
import org.bytedeco.tensorrt.global.nvinfer.TensorFormat;
import org.bytedeco.tensorrt.nvinfer.ILayer;
import org.bytedeco.tensorrt.nvinfer.INetworkDefinition;
import org.bytedeco.tensorrt.nvinfer.ITensor;

/**
 * Which layers give floats: logits, log-probabilities and whatever is computed from those, and
 * means over many values. Norms and softmax compute with floats inside by themselves. Features go
 * from graph to graph in half precision.
 */
final class Precision {
  private static final Set<String> HALF_ARRAYS = Set.of("features");

  /**
   * These keep the type of what they move; told one of their own, TensorRT 8.6 does not compile.
   */
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

  private static final String LOG_SOFTMAX = "LogSoftmax";

  private final List<ILayer> layers = new ArrayList<>();
  private final Set<String> floats = new HashSet<>(); // names of tensors

  private Precision(INetworkDefinition network) {
    for (int i = 0; i < network.getNbLayers(); i++) {
      layers.add(network.getLayer(i));
    }
  }

  static void apply(INetworkDefinition network) {
    for (int i = 0; i < network.getNbInputs(); i++) {
      halve(network.getInput(i));
    }
    for (int i = 0; i < network.getNbOutputs(); i++) {
      halve(network.getOutput(i));
    }
    new Precision(network).apply();
  }

  private static void halve(ITensor tensor) {
    if (HALF_ARRAYS.contains(tensor.getName())) {
      tensor.setType(kHALF);
      tensor.setAllowedFormats(1 << TensorFormat.kLINEAR.value);
    }
  }

  private void apply() {
    for (ILayer layer : layers) {
      if (layer.getName().startsWith(LOG_SOFTMAX)) {
        pin(layer);
        logits(layer.getInput(0));
      } else if (layer.getType().intern() == LayerType.kREDUCE) {
        pin(layer);
      }
    }
    // Loops lead back, so that one walk is not enough.
    int before;
    do {
      before = floats.size();
      layers.stream().filter(this::dependsOnFloats).forEach(this::pin);
    } while (floats.size() > before);
  }

  /** The product that gives logits. */
  private void logits(ITensor wanted) {
    for (ILayer layer : layers) {
      if (layer.getNbOutputs() == 1 && layer.getOutput(0).getName().equals(wanted.getName())) {
        if (MOVES.contains(layer.getType().intern())) {
          logits(layer.getInput(0));
        } else if (layer.getType().intern() == LayerType.kMATRIX_MULTIPLY) {
          pin(layer);
        }
      }
    }
  }

  private boolean dependsOnFloats(ILayer layer) {
    for (int i = 0; i < layer.getNbInputs(); i++) {
      ITensor input = layer.getInput(i);
      if (input != null && floats.contains(input.getName())) {
        return true;
      }
    }
    return false;
  }

  private void pin(ILayer layer) {
    boolean computes = !MOVES.contains(layer.getType().intern());
    for (int i = 0; i < layer.getNbOutputs(); i++) {
      ITensor output = layer.getOutput(i);
      if (isReal(output.getType())) {
        floats.add(output.getName());
        if (computes) {
          layer.setPrecision(kFLOAT);
          layer.setOutputType(i, kFLOAT);
        }
      }
    }
  }

  private static boolean isReal(DataType type) {
    DataType own = type.intern();
    return own == kFLOAT || own == kHALF;
  }
}
