package dev.flamingostreams.tensorrt;

import static org.bytedeco.tensorrt.global.nvinfer.DataType.kFLOAT;
import static org.bytedeco.tensorrt.global.nvinfer.DataType.kHALF;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.bytedeco.tensorrt.global.nvinfer.DataType;
import org.bytedeco.tensorrt.global.nvinfer.TensorFormat;
import org.bytedeco.tensorrt.nvinfer.ILayer;
import org.bytedeco.tensorrt.nvinfer.INetworkDefinition;
import org.bytedeco.tensorrt.nvinfer.ITensor;

/**
 * Has {@link FloatTensors} computed in single precision. Norms and softmax compute with floats
 * inside by themselves. Features go from graph to graph in half precision.
 */
final class Precision {
  private static final Set<String> HALF_ARRAYS = Set.of("features");

  private Precision() {}

  static void apply(INetworkDefinition network) {
    for (int i = 0; i < network.getNbInputs(); i++) {
      halve(network.getInput(i));
    }
    for (int i = 0; i < network.getNbOutputs(); i++) {
      halve(network.getOutput(i));
    }
    List<FloatTensors.Layer> layers = new ArrayList<>();
    for (int i = 0; i < network.getNbLayers(); i++) {
      layers.add(read(network.getLayer(i)));
    }
    Set<String> floats = FloatTensors.of(layers);
    for (int i = 0; i < network.getNbLayers(); i++) {
      if (layers.get(i).computes()) {
        pin(network.getLayer(i), floats);
      }
    }
  }

  private static void halve(ITensor tensor) {
    if (HALF_ARRAYS.contains(tensor.getName())) {
      tensor.setType(kHALF);
      tensor.setAllowedFormats(1 << TensorFormat.kLINEAR.value);
    }
  }

  private static FloatTensors.Layer read(ILayer layer) {
    List<String> inputs = new ArrayList<>();
    for (int i = 0; i < layer.getNbInputs(); i++) {
      ITensor input = layer.getInput(i);
      if (input != null) {
        inputs.add(input.getName());
      }
    }
    List<String> outputs = new ArrayList<>();
    for (int i = 0; i < layer.getNbOutputs(); i++) {
      if (isReal(layer.getOutput(i))) {
        outputs.add(layer.getOutput(i).getName());
      }
    }
    return new FloatTensors.Layer(layer.getName(), layer.getType().intern(), inputs, outputs);
  }

  /** What only moves values keeps their type; told one of its own, it is not compiled. */
  private static void pin(ILayer layer, Set<String> floats) {
    for (int i = 0; i < layer.getNbOutputs(); i++) {
      ITensor output = layer.getOutput(i);
      if (isReal(output) && floats.contains(output.getName())) {
        layer.setPrecision(kFLOAT);
        layer.setOutputType(i, kFLOAT);
      }
    }
  }

  private static boolean isReal(ITensor tensor) {
    DataType own = tensor.getType().intern();
    return own == kFLOAT || own == kHALF;
  }
}
