package dev.flamingostreams.tensorrt;

import static org.bytedeco.tensorrt.global.nvinfer.DataType.kFLOAT;
import static org.bytedeco.tensorrt.global.nvinfer.DataType.kHALF;

import java.util.Set;
import org.bytedeco.tensorrt.global.nvinfer.DataType;
import org.bytedeco.tensorrt.global.nvinfer.TensorFormat;
import org.bytedeco.tensorrt.nvinfer.ILayer;
import org.bytedeco.tensorrt.nvinfer.INetworkDefinition;
import org.bytedeco.tensorrt.nvinfer.ITensor;

/**
 * Which layers compute with floats: norms, softmax and what makes logits and log-probabilities.
 * Features go from graph to graph in half precision.
 */
final class Precision {
  private static final Set<String> HALF_ARRAYS = Set.of("features");

  private Precision() {}

  static void apply(INetworkDefinition network) {
    for (int i = 0; i < network.getNbLayers(); i++) {
      apply(network.getLayer(i));
    }
    for (int i = 0; i < network.getNbInputs(); i++) {
      halve(network.getInput(i));
    }
    for (int i = 0; i < network.getNbOutputs(); i++) {
      halve(network.getOutput(i));
    }
  }

  private static void apply(ILayer layer) {
    switch (layer.getType().intern()) {
      case kNORMALIZATION, kSOFTMAX, kREDUCE, kUNARY, kTOPK -> pin(layer);
      default -> {}
    }
  }

  private static void pin(ILayer layer) {
    if (layer.getNbInputs() == 0 || !isReal(layer.getInput(0).getType())) {
      return;
    }
    layer.setPrecision(kFLOAT);
    for (int i = 0; i < layer.getNbOutputs(); i++) {
      if (isReal(layer.getOutput(i).getType())) {
        layer.setOutputType(i, kFLOAT);
      }
    }
  }

  private static boolean isReal(DataType type) {
    DataType own = type.intern();
    return own == kFLOAT || own == kHALF;
  }

  private static void halve(ITensor tensor) {
    if (HALF_ARRAYS.contains(tensor.getName())) {
      tensor.setType(kHALF);
      tensor.setAllowedFormats(1 << TensorFormat.kLINEAR.value);
    }
  }
}
