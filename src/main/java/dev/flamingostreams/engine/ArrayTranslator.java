package dev.flamingostreams.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.translate.NoBatchifyTranslator;
import ai.djl.translate.TranslatorContext;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Arrays of plain Java at both ends of a graph. Inputs are copied into memory that the graph reads
 * from, which is kept, as their shapes do not change; outputs are copied: their memory ends with
 * the run. For one thread.
 */
final class ArrayTranslator implements NoBatchifyTranslator<List<Array>, List<Array>> {
  private final Map<String, ByteBuffer> memory = new HashMap<>();

  @Override
  public NDList processInput(TranslatorContext context, List<Array> inputs) {
    NDList list = new NDList();
    for (Array input : inputs) {
      Shape shape = new Shape(input.shape());
      NDArray array = context.getNDManager().create(shared(input), shape, input.type());
      array.setName(input.name());
      list.add(array);
    }
    return list;
  }

  private ByteBuffer shared(Array input) {
    int bytes = input.bytes();
    ByteBuffer room = memory.get(input.name());
    if (room == null || room.capacity() != bytes) {
      room = ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
      memory.put(input.name(), room);
    }
    input.copyTo(room);
    return room.duplicate().order(ByteOrder.nativeOrder());
  }

  @Override
  public List<Array> processOutput(TranslatorContext context, NDList outputs) {
    return outputs.stream().map(array -> Array.view(array).copy()).toList();
  }
}
