package dev.flamingostreams.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flamingostreams.tensor.Backend;
import dev.flamingostreams.tensor.DataType;
import dev.flamingostreams.tensor.Tensor;
import dev.flamingostreams.tensor.Value;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HalfGraphTest {
  private static final float THIRD_IN_HALF = 0.33325195f;

  @TempDir private Path folder;
  private final OnnxBackend graph = new OnnxBackend("test");
  private final Tensor x = graph.input("x", DataType.FLOAT, 2);

  /** Only nodes of these operators compute in single precision. */
  private record Plan(Set<String> operators) implements HalfGraph.Plan {
    @Override
    public boolean single(GraphNode node) {
      return operators.contains(node.operator());
    }

    @Override
    public boolean computes(GraphNode node) {
      return !node.operator().equals("Identity") && !node.operator().startsWith("Loop");
    }
  }

  @Test
  void halvesAreRoundedAndOverflow() {
    graph.output("y", x.mul(x));
    assertThat(run(Set.of(), 1f / 3, 300))
        .containsExactly(1820 * 0x1p-14f, Float.POSITIVE_INFINITY);
  }

  @Test
  void floatsAreNot() {
    graph.output("y", x.mul(x));
    assertThat(run(Set.of("Mul", "Identity"), 3, 300)).containsExactly(9, 90_000);
  }

  @Test
  void weightsThatHalvesAreComputedFromAreRounded() {
    graph.output("y", x.mul(graph.constant(new float[] {1f / 3}, 1)));
    assertThat(run(Set.of(), 1, 0)).containsExactly(THIRD_IN_HALF, 0);
    assertThat(run(Set.of("Mul", "Identity"), 1, 0)).containsExactly(1f / 3, 0);
  }

  @Test
  void halvesComputedFromFloatsTakeThemRounded() {
    graph.output("y", x.sub(graph.constant(new float[] {1}, 1)).relu().sqrt());
    assertThat(run(Set.of("Sub"), 1e5f, 1)).containsExactly(Float.POSITIVE_INFINITY, 0);
  }

  @Test
  void theBodiesOfLoopsAreRoundedToo() {
    Tensor limit = graph.constant(new int[] {9}, 1);
    graph.output(
        "y",
        graph
            .loop(
                2,
                List.of(x),
                (step, state) ->
                    new Backend.Step(step.less(limit), List.of(state.get(0).mul(state.get(0)))))
            .get(0));
    assertThat(run(Set.of(), 1f / 3, 20)).containsExactly(1617 * 0x1p-17f, Float.POSITIVE_INFINITY);
  }

  private float[] run(Set<String> single, float... values) {
    byte[] half = HalfGraph.of(graph.toByteArray(), nodes -> new Plan(single));
    return OrtRunner.run(half, folder, Map.of("x", Value.floats(values, 2))).values();
  }
}
