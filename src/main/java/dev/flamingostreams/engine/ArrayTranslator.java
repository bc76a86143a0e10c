package dev.flamingostreams.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.translate.NoBatchifyTranslator;
import ai.djl.translate.TranslatorContext;
import java.nio.ByteBuffer;
import java.nio.IntBuffer;
import java.util.List;

/**
 * Arrays of plain Java at both ends of a graph. Outputs are copied: their memory ends with the run.
 */
final class ArrayTranslator implements NoBatchifyTranslator<List<Array>, List<Array>> {

  @Override
  public NDList processInput(TranslatorContext context, List<Array> inputs) {
    NDList list = new NDList();
    for (Array input : inputs) {
      DataType type = input.data() instanceof IntBuffer ? DataType.INT32 : DataType.FLOAT32;
      NDArray array = context.getNDManager().create(input.data(), new Shape(input.shape()), type);
      array.setName(input.name());
      list.add(array);
    }
    return list;
  }

  @Override
  public List<Array> processOutput(TranslatorContext context, NDList outputs) {
    return outputs.stream().map(ArrayTranslator::copy).toList();
  }

  private static Array copy(NDArray array) {
    long[] shape = array.getShape().getShape();
    ByteBuffer bytes = array.toByteBuffer();
    if (array.getDataType() == DataType.INT32) {
      int[] values = new int[bytes.remaining() / Integer.BYTES];
      bytes.asIntBuffer().get(values);
      return Array.of(array.getName(), values, shape);
    }
    float[] values = new float[bytes.remaining() / Float.BYTES];
    bytes.asFloatBuffer().get(values);
    return Array.of(array.getName(), values, shape);
  }
}
