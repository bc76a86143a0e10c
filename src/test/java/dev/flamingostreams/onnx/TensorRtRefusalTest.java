package dev.flamingostreams.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.flamingostreams.tensor.Backend;
import dev.flamingostreams.tensor.DataType;
import dev.flamingostreams.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Forms that ONNX has and TensorRT 8.6 has not are refused, in one line that names the node. */
class TensorRtRefusalTest {
  private static final long[] PAIR = {2};

  private final OnnxBackend graph = new OnnxBackend("test");
  private final OnnxTensor floats = input("floats", DataType.FLOAT, 2, 4000);
  private final OnnxTensor ints = input("ints", DataType.INT, 2);

  private OnnxTensor input(String name, DataType type, long... shape) {
    return graph.own(graph.input(name, type, shape));
  }

  private void refused(Tensor result, String... words) {
    graph.output("out", result);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TensorRtForms.check(graph.toByteArray()))
        .withMessageStartingWith("TensorRT 8.6 does not take ")
        .satisfies(e -> assertThat(e.getMessage()).contains(words).doesNotContain("\n"));
  }

  @Test
  void anUnknownOperator() {
    refused(
        graph.node("Cumsum", DataType.INT, PAIR, List.of(), ints),
        "node Cumsum_0 (Cumsum): it has no such operator");
  }

  @Test
  void anAttributeThatItHasNot() {
    refused(
        graph.node(
            "Gather",
            DataType.INT,
            PAIR,
            List.of(OnnxFormat.attribute("batch_dims", 1)),
            ints,
            ints),
        "(Gather): attribute batch_dims");
  }

  @Test
  void arithmeticWith64Bits() {
    OnnxTensor longs = graph.longs(new long[] {1, 2}, PAIR);
    refused(
        graph.node("Add", DataType.INT, PAIR, List.of(), longs, longs),
        "node Add_1 (Add): input constant_0 is INT64, must be FP32 or FP16 or INT32");
  }

  @Test
  void indicesOf64Bits() {
    OnnxTensor best =
        graph.node("ArgMax", DataType.INT, PAIR, List.of(OnnxFormat.attribute("axis", 1)), floats);
    refused(
        graph.node("Gather", DataType.INT, PAIR, List.of(), ints, best),
        "(Gather): input ArgMax_0 is INT64, must be INT32");
  }

  @Test
  void operandsOfTwoTypes() {
    refused(
        graph.node("Mul", DataType.INT, PAIR, List.of(), ints, floats),
        "(Mul): input floats is FP32, must be INT32");
  }

  @Test
  void sumsOfBooleans() {
    OnnxTensor same = graph.own(ints.equal(ints));
    refused(
        graph.node("Add", DataType.BOOL, PAIR, List.of(), same, same),
        "(Add): input Equal_0 is BOOL");
  }

  @Test
  void theMaximumOfIntegers() {
    refused(
        graph.node(
            "ReduceMax",
            DataType.INT,
            new long[0],
            List.of(OnnxFormat.attribute("axes", new long[] {0})),
            ints),
        "(ReduceMax): input ints is INT32");
  }

  @Test
  void aShapeThatIsComputed() {
    OnnxTensor sum = graph.own(ints.add(ints));
    refused(
        graph.node("Reshape", DataType.FLOAT, PAIR, List.of(), floats, sum),
        "(Reshape): input Add_0 is INT32, must be INT64");
  }

  @Test
  void aScaleOfAnInstanceNormThatIsComputed() {
    OnnxTensor image = graph.own(floats.reshape(1, 2, 4000));
    OnnxTensor scale = graph.own(ints.toFloat());
    refused(
        graph.node(
            "InstanceNormalization",
            DataType.FLOAT,
            new long[] {1, 2, 4000},
            List.of(),
            image,
            scale,
            scale),
        "(InstanceNormalization): input Cast_2 must be an initializer");
  }

  @Test
  void moreThanItSorts() {
    assertThatCode(() -> topK(3840)).doesNotThrowAnyException();
    refused(floats.topK(3841).values(), "(TopK): 3841 is more than 3840");
  }

  private static void topK(int k) {
    OnnxBackend graph = new OnnxBackend("test");
    graph.output("out", graph.input("in", DataType.FLOAT, 4000).topK(k).values());
    TensorRtForms.check(graph.toByteArray());
  }

  @Test
  void moreThan8Dimensions() {
    refused(ints.reshape(1, 1, 1, 1, 1, 1, 1, 1, 2), "it has 9 dimensions");
  }

  @Test
  void aShapeThatIsNotFixed() {
    refused(input("any", DataType.FLOAT, 0, 3).tanh(), "value any: its shape is not fixed");
  }

  @Test
  void numbersOfMoreThan32Bits() {
    refused(
        graph.node(
            "Reshape", DataType.INT, PAIR, List.of(), ints, graph.longs(new long[] {1L << 40}, 1)),
        "1099511627776 does not fit in 32 bits");
  }

  @Test
  void brainFloats() {
    OnnxTensor weight =
        graph.initializer(
            OnnxFormat.external("w", OnnxFormat.BFLOAT16, PAIR, "file", 0, 4),
            "w",
            DataType.FLOAT,
            PAIR);
    refused(
        weight.tanh(), "weight w: it is stored as BF16; store the model's weights as F16 or F32");
  }

  @Test
  void stateThatALoopDoesNotMake() {
    List<Tensor> state =
        graph.loop(
            3,
            List.of(floats),
            (step, s) -> new Backend.Step(step.less(ints.slice(0, 0, 1)), List.of(floats.tanh())));
    refused(state.get(0), "(Loop): Identity_", "does not change with the loop");
  }

  @Test
  void aLoopOfOneConditionIsTaken() {
    List<Tensor> state =
        graph.loop(
            3,
            List.of(floats, ints.less(ints)),
            (step, s) ->
                new Backend.Step(
                    step.less(ints.slice(0, 0, 1)), List.of(s.get(0).tanh(), s.get(1).not())));
    graph.output("out", state.get(1).where(state.get(1).not(), state.get(1)).toFloat());
    assertThatCode(() -> TensorRtForms.check(graph.toByteArray())).doesNotThrowAnyException();
  }

  @Test
  void whatIsNoGraph() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TensorRtForms.check(new byte[] {1, 2, 3}))
        .withMessageStartingWith("not an ONNX graph: ");
  }
}
