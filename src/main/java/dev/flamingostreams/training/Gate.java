package dev.flamingostreams.training;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far a gated cross-attention block is open: tanh of its two gates, which start at 0.
 *
 * @param block of the language model
 */
record Gate(int block, double attention, double feedForward) {
  private static final String NAME = "language.blocks.%d.cross_attention.%s_gate";

  /** Of all blocks whose gates are trained, in order. */
  static List<Gate> of(TorchWeights weights, int blocks) {
    List<Gate> gates = new ArrayList<>();
    for (int block = 0; block < blocks; block++) {
      String name = NAME.formatted(block, "attention");
      NDArray attention = weights.all().get(name);
      NDArray feedForward = weights.all().get(NAME.formatted(block, "feed_forward"));
      if (attention != null && feedForward != null && weights.isTrained(name)) {
        gates.add(new Gate(block, openness(attention), openness(feedForward)));
      }
    }
    return gates;
  }

  private static double openness(NDArray gate) {
    return Math.round(Math.tanh(gate.toFloatArray()[0]) * 1e5) / 1e5;
  }

  /** As they stood at the last point that tells. */
  static @Nullable List<Gate> last(List<CurvePoint> curve) {
    return curve.isEmpty() ? null : curve.get(curve.size() - 1).gates();
  }
}
