package dev.flamingostreams.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.google.protobuf.ByteString;
import dev.flamingostreams.checkpoints.Safetensors;
import dev.flamingostreams.checkpoints.SafetensorsWriter;
import dev.flamingostreams.checkpoints.StoredType;
import dev.flamingostreams.tensor.Backend;
import dev.flamingostreams.tensor.BackendContract;
import dev.flamingostreams.tensor.Convolution;
import dev.flamingostreams.tensor.DataType;
import dev.flamingostreams.tensor.Tensor;
import dev.flamingostreams.tensor.Value;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OnnxBackendTest extends BackendContract {
  @TempDir Path directory;

  @Override
  protected Value evaluate(Expression expression, Value... inputs) {
    OnnxBackend graph = new OnnxBackend("test");
    Map<String, Value> named = new LinkedHashMap<>();
    List<Tensor> tensors = new ArrayList<>();
    for (Value input : inputs) {
      String name = "in" + named.size();
      named.put(name, input);
      tensors.add(graph.input(name, input.type(), input.shape()));
    }
    graph.output("out", expression.apply(graph, tensors));
    return OrtRunner.run(graph.toByteArray(), directory, named);
  }

  @Test
  void weightsStayInTheirFileWhateverTheirPrecision() throws IOException {
    Path file = directory.resolve("weights.safetensors");
    new SafetensorsWriter()
        .tensor("odd", StoredType.F16, new long[] {1}, () -> new float[] {0.25f})
        .tensor("a", StoredType.F32, new long[] {2}, () -> new float[] {1, 2})
        .tensor("b", StoredType.F16, new long[] {2}, () -> new float[] {10, 20})
        .write(file);
    OnnxBackend graph = new OnnxBackend("weights");
    OnnxWeights weights = new OnnxWeights(graph, Safetensors.open(file));
    Tensor sum = graph.input("x", DataType.FLOAT, 2).add(weights.get("a", 2));
    graph.output(
        "y", sum.add(weights.get("b", 2)).add(weights.get("odd", 1)).mul(weights.get("a", 2)));
    Value result =
        OrtRunner.run(
            graph.toByteArray(), directory, Map.of("x", Value.floats(new float[] {100, 200}, 2)));
    assertThat(result.values()).containsExactly(111.25f, 444.5f);
  }

  @Test
  void weightsOfAConvolutionAreInitializersWhateverTheirPrecision() throws IOException {
    Path file = directory.resolve("weights.safetensors");
    new SafetensorsWriter()
        .tensor("kernel", StoredType.F16, new long[] {1, 1, 1, 1}, () -> new float[] {2})
        .tensor("bias", StoredType.F16, new long[] {1}, () -> new float[] {0.5f})
        .write(file);
    OnnxBackend graph = new OnnxBackend("weights");
    OnnxWeights weights = new OnnxWeights(graph, Safetensors.open(file));
    Tensor x = graph.input("x", DataType.FLOAT, 1, 1, 1, 2);
    graph.output(
        "y",
        x.conv2d(weights.get("kernel", 1, 1, 1, 1), weights.get("bias", 1), Convolution.of(1, 0)));
    byte[] model = graph.toByteArray();
    Fields read = Fields.of(ByteString.copyFrom(model)).message(7);
    List<String> initializers = read.messages(5).stream().map(each -> each.text(8)).toList();
    Node convolution =
        read.messages(1).stream()
            .map(Node::of)
            .filter(node -> node.operator().equals("Conv"))
            .findFirst()
            .orElseThrow();
    assertThat(initializers).containsAll(convolution.inputs().subList(1, 3));
    Value result =
        OrtRunner.run(model, directory, Map.of("x", Value.floats(new float[] {1, 10}, 1, 1, 1, 2)));
    assertThat(result.values()).containsExactly(2.5f, 20.5f);
  }

  @Test
  void aWeightThatIsMissingOrOfAnotherShapeIsNamed() throws IOException {
    Path file = directory.resolve("weights.safetensors");
    new SafetensorsWriter()
        .tensor("a", StoredType.F32, new long[] {2}, () -> new float[] {1, 2})
        .write(file);
    OnnxWeights weights = new OnnxWeights(new OnnxBackend("weights"), Safetensors.open(file));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> weights.get("a", 3))
        .withMessage(file + ": tensor a has shape [2], the config asks for [3]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> weights.at("a").get("b", 3))
        .withMessage(file + " has no tensor a.b");
  }

  @Test
  void typesThatDoNotFitAreRefused() {
    OnnxBackend graph = new OnnxBackend("types");
    Tensor floats = graph.input("floats", DataType.FLOAT, 2);
    Tensor ints = graph.input("ints", DataType.INT, 2);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> floats.add(ints))
        .withMessage("Add: [2] of type INT, must be FLOAT");
    assertThatIllegalArgumentException().isThrownBy(() -> floats.equal(floats));
    assertThatIllegalArgumentException().isThrownBy(() -> floats.gather(floats));
    assertThatIllegalArgumentException().isThrownBy(() -> ints.tanh());
    assertThatIllegalArgumentException().isThrownBy(() -> ints.where(floats, floats));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> floats.add(new OnnxBackend("other").input("x", DataType.FLOAT, 2)))
        .withMessageContaining("another graph");
  }

  @Test
  void aLoopMustKeepTheShapesOfItsState() {
    OnnxBackend graph = new OnnxBackend("loop");
    Tensor x = graph.input("x", DataType.FLOAT, 2);
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                graph.loop(
                    2,
                    List.of(x),
                    (step, s) -> new Backend.Step(step.equal(step), List.of(x.reshape(1, 2)))))
        .withMessage("loop: [2] and [1, 2] do not fit");
  }

  @Test
  void aTensorOfABodyCannotBeUsedAfterItsLoop() {
    OnnxBackend graph = new OnnxBackend("loop");
    Tensor x = graph.input("x", DataType.INT, 1);
    List<Tensor> leaked = new ArrayList<>();
    graph.loop(
        2,
        List.of(x),
        (step, s) -> {
          leaked.add(step);
          return new Backend.Step(step.equal(step), s);
        });
    assertThatIllegalArgumentException()
        .isThrownBy(() -> x.add(leaked.get(0)))
        .withMessageContaining("after the loop");
  }
}
