package dev.flamingostreams.training;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RoundMeanTest {
  private final NDManager manager = Engine.getEngine("PyTorch").newBaseManager();
  private final TorchWeights weights = new TorchWeights(manager, 1);
  private final RoundMean mean = new RoundMean(manager);

  @AfterEach
  void close() {
    manager.close();
  }

  @Test
  void isTheMeanOfWhatRoundsEndedWith() {
    end(1, -2);
    end(4, -4);
    end(7, 0);
    assertThat(mean.rounds()).isEqualTo(3);
    mean.into(weights);
    assertThat(floats("trained")).containsExactly(4, -2);
  }

  @Test
  void leavesFrozenWeightsAsTheyAre() {
    end(1, 1);
    weights.put("frozen", new float[] {9}, 1);
    mean.into(weights);
    assertThat(floats("frozen")).containsExactly(9);
    assertThat(mean.means()).containsOnlyKeys("trained");
  }

  @Test
  void withoutARoundNothingChanges() {
    weights.put("trained", new float[] {3}, 1);
    mean.into(weights);
    assertThat(floats("trained")).containsExactly(3);
  }

  private void end(float... values) {
    weights.put("trained", values, values.length);
    weights.put("frozen", new float[] {5}, 1);
    weights.train("trained"::equals);
    mean.add(weights);
  }

  private float[] floats(String name) {
    NDArray array = Objects.requireNonNull(weights.all().get(name));
    return array.toFloatArray();
  }
}
