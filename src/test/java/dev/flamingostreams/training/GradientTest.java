package dev.flamingostreams.training;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class GradientTest {
  private static final int TRIES = 30;

  @Test
  void theGradientOfAScaledTensorOutlivesACollectionOfGarbage() {
    try (NDManager manager = Engine.getEngine("PyTorch").newBaseManager();
        TorchWeights weights = new TorchWeights(manager, 1)) {
      weights.train(name -> true);
      for (int i = 0; i < TRIES; i++) {
        assertThat(gradient(manager, weights)).containsExactly(3, 3);
      }
    }
  }

  private static float[] gradient(NDManager manager, TorchWeights weights) {
    weights.put("w", new float[] {1, 2}, 2);
    try (NDManager step = manager.newSubManager();
        GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
      NDArray loss =
          TorchTensor.array(weights.in(new TorchBackend(step)).get("w", 2).scale(3)).sum();
      System.gc();
      List<ByteBuffer> others = overwriteFreedMemory();
      collector.backward(loss);
      assertThat(others).isNotEmpty();
      try (NDArray gradient = Objects.requireNonNull(weights.all().get("w")).getGradient()) {
        return gradient.toFloatArray();
      }
    }
  }

  private static List<ByteBuffer> overwriteFreedMemory() {
    List<ByteBuffer> buffers = new ArrayList<>();
    for (int i = 0; i < 2000; i++) {
      ByteBuffer buffer = ByteBuffer.allocateDirect(Float.BYTES);
      buffers.add(buffer.putFloat(0, 1e20f));
    }
    return buffers;
  }
}
