package dev.flamingostreams.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MuonTest {
  private static final int ROWS = 6;
  private static final int COLUMNS = 4;
  private static final double RATE = 0.05;

  private final NDManager manager = Engine.getEngine("PyTorch").newBaseManager();
  private final TorchWeights weights = new TorchWeights(manager, 1);
  private final Optimiser optimiser = new Optimiser(manager);

  @AfterEach
  void close() {
    optimiser.close();
    weights.close();
    manager.close();
  }

  @Test
  void singularValuesComeNearToOneHoweverLargeTheyWere() {
    for (Shape shape : new Shape[] {new Shape(3, 16, 8), new Shape(3, 8, 16)}) {
      NDArray matrices = random(shape).mul(1000);
      NDArray moves = Muon.orthogonal(matrices);
      assertThat(moves.getShape()).isEqualTo(shape);
      for (int i = 0; i < 3; i++) {
        NDArray move = moves.get(i);
        NDArray wide = shape.get(1) > shape.get(2) ? move.transpose() : move;
        float[] gram = wide.matMul(wide.transpose()).toFloatArray();
        for (int at = 0; at < gram.length; at++) {
          boolean onDiagonal = at % 9 == 0;
          assertThat(gram[at]).isCloseTo(onDiagonal ? 1f : 0f, within(0.6f));
        }
        assertThat(dot(move, matrices.get(i))).as("the same way").isPositive();
      }
    }
  }

  @Test
  void aFirstMoveGoesAgainstTheGradientByTheRate() {
    weights.train(name -> true);
    NDArray before = put().duplicate();
    before.setRequiresGradient(false);
    NDArray gradient = random(new Shape(ROWS, COLUMNS));
    step(gradient, 1, new Rates(0, RATE));
    NDArray move = before.sub(weight().duplicate());
    assertThat(dot(move, gradient)).isPositive();
    double size = Math.sqrt(dot(move, move) / (ROWS * COLUMNS));
    // as far as AdamW would go: 0.2 of the rate for each entry, were all singular values 1
    assertThat(size / RATE).isBetween(0.1, 0.3);
  }

  @Test
  void gradientsAreZeroedAndMatricesHaveNoVariance() {
    weights.train(name -> true);
    put();
    step(random(new Shape(ROWS, COLUMNS)), 1, new Rates(1e-3, RATE));
    NDArray gradient = weight().getGradient();
    assertThat(gradient.toFloatArray()).containsOnly(0);
    assertThat(optimiser.means()).containsOnlyKeys("layer.weight");
    assertThat(optimiser.variances()).isEmpty();
  }

  @Test
  void kernelsMoveAsTheMatrixOfAllThatEachOutputReadsDoes() {
    weights.train(name -> true);
    float[] values = random(new Shape(ROWS, 2 * COLUMNS)).toFloatArray();
    weights.put("layer.weight", values, ROWS, 2 * COLUMNS);
    NDArray gradient = random(new Shape(ROWS, 2 * COLUMNS)).mul(3);
    step(gradient, 1, new Rates(0, RATE));
    float[] asMatrix = weight().toFloatArray();
    optimiser.means().clear();
    weights.put("layer.weight", values, ROWS, 2, COLUMNS, 1);
    step(gradient.reshape(ROWS, 2, COLUMNS, 1), 1, new Rates(0, RATE));
    assertThat(weight().toFloatArray()).containsExactly(asMatrix, within(1e-6f));
    assertThat(asMatrix).isNotEqualTo(values);
  }

  @Test
  void matricesMoveByAdamInStagesWithoutAMatrixRate() {
    weights.train(name -> true);
    put();
    step(random(new Shape(ROWS, COLUMNS)), 1, new Rates(1e-3, 0));
    assertThat(optimiser.variances()).containsOnlyKeys("layer.weight");
  }

  @Test
  void aStepLeavesNoArrayBehind() {
    weights.train(name -> true);
    put();
    NDArray gradient = random(new Shape(ROWS, COLUMNS));
    step(gradient, 1, new Rates(1e-3, RATE));
    int held = manager.getManagedArrays().size();
    step(gradient, 2, new Rates(1e-3, RATE));
    step(gradient.mul(Float.NaN), 3, new Rates(1e-3, RATE));
    assertThat(manager.getManagedArrays()).as("and the gradient of the test").hasSize(held + 1);
  }

  private NDArray put() {
    weights.put("layer.weight", random(new Shape(ROWS, COLUMNS)).toFloatArray(), ROWS, COLUMNS);
    return weight();
  }

  private NDArray weight() {
    return Objects.requireNonNull(weights.all().get("layer.weight"));
  }

  private void step(NDArray gradient, int number, Rates rates) {
    try (NDManager own = manager.newSubManager();
        GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
      NDArray product = weight().mul(gradient);
      product.attach(own);
      collector.backward(product.sum());
    }
    optimiser.update(weights, number, rates);
  }

  private NDArray random(Shape shape) {
    Random random = new Random(shape.size());
    float[] values = new float[(int) shape.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return manager.create(values, shape);
  }

  private static double dot(NDArray one, NDArray other) {
    return one.mul(other).sum().getFloat();
  }
}
