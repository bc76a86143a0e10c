package dev.flamingostreams.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.translate.NoBatchifyTranslator;
import ai.djl.translate.TranslatorContext;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;

/**
 * Arrays of plain Java in the memory that a TensorRT session copies to the GPU and back, so that
 * nothing is copied twice. For one thread.
 */
final class BoundTranslator implements NoBatchifyTranslator<List<Array>, List<Array>> {
  private final Map<String, NDArray> bound;

  /**
   * @param bound by name; filled before the first run
   */
  BoundTranslator(Map<String, NDArray> bound) {
    this.bound = bound;
  }

  @Override
  public NDList processInput(TranslatorContext context, List<Array> inputs) {
    NDList list = new NDList();
    for (Array input : inputs) {
      NDArray array = bound.get(input.name());
      if (array == null || array.getDataType() != input.type()) {
        throw new IllegalArgumentException(
            "%s of type %s goes into %s".formatted(input.name(), input.type(), array));
      }
      ByteBuffer memory = Array.memory(array);
      if (memory.remaining() != input.bytes()) {
        throw new IllegalArgumentException(
            "%s has %d bytes, must have %d"
                .formatted(input.name(), input.bytes(), memory.remaining()));
      }
      input.copyTo(memory);
      list.add(array);
    }
    return list;
  }

  @Override
  public List<Array> processOutput(TranslatorContext context, NDList outputs) {
    return outputs.stream().map(Array::view).toList();
  }
}
