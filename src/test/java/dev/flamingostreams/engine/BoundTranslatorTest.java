package dev.flamingostreams.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.translate.TranslatorContext;
import ai.djl.util.passthrough.PassthroughNDManager;
import java.lang.reflect.Proxy;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.ShortBuffer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BoundTranslatorTest {
  private final ByteBuffer pixels = memory(12);
  private final ByteBuffer tokens = memory(8);
  private final BoundTranslator translator =
      new BoundTranslator(
          Map.of(
              "pixels", array("pixels", pixels, DataType.FLOAT32, 3),
              "tokens", array("tokens", tokens, DataType.INT32, 2)));

  @Test
  void piecesFillTheMemoryThatIsBoundOneAfterTheOther() {
    List<Buffer> pieces =
        List.of(FloatBuffer.wrap(new float[] {1}), FloatBuffer.wrap(new float[] {9, 2, 3}, 1, 2));
    for (int run = 0; run < 2; run++) {
      NDList given = given(new Array("pixels", pieces, 3));
      assertThat(given.get(0).toByteBuffer()).isSameAs(pixels);
      assertThat(floats()).containsExactly(1, 2, 3);
    }
  }

  @Test
  void outputsAreReadWhereTheyLie() {
    NDArray bound = array("tokens", tokens, DataType.INT32, 2);
    Outputs outputs = new Outputs(translator.processOutput(NOTHING, new NDList(bound)));
    tokens.putInt(4, 7);
    assertThat(outputs.ints("tokens")).containsExactly(0, 7);
  }

  @Test
  void anArrayOfAnotherSizeTypeOrNameIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> given(Array.of("pixels", new float[2], 2)))
        .withMessage("pixels has 8 bytes, must have 12");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> given(new Array("pixels", ShortBuffer.allocate(6), 6)));
    assertThatIllegalArgumentException().isThrownBy(() -> given(Array.of("other", new int[2], 2)));
  }

  private static final TranslatorContext NOTHING =
      (TranslatorContext)
          Proxy.newProxyInstance(
              BoundTranslatorTest.class.getClassLoader(),
              new Class<?>[] {TranslatorContext.class},
              (proxy, method, arguments) -> {
                throw new AssertionError(method);
              });

  private NDList given(Array array) {
    return translator.processInput(NOTHING, List.of(array));
  }

  private float[] floats() {
    float[] values = new float[3];
    pixels.duplicate().order(ByteOrder.nativeOrder()).asFloatBuffer().get(values);
    return values;
  }

  private static ByteBuffer memory(int bytes) {
    return ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
  }

  private static NDArray array(String name, ByteBuffer memory, DataType type, long... shape) {
    NDArray array = PassthroughNDManager.INSTANCE.create(memory, new Shape(shape), type);
    array.setName(name);
    return array;
  }
}
