package dev.flamingostreams.tensorrt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flamingostreams.engine.GpuException;
import org.junit.jupiter.api.Test;

class BindingsTest {

  @Test
  void whatTheyGiveIsGiven() {
    assertThat(Bindings.use(() -> 3)).isEqualTo(3);
  }

  @Test
  void aLinkErrorIsToldWithTheFix() {
    assertThatThrownBy(
            () ->
                Bindings.use(
                    () -> {
                      throw new UnsatisfiedLinkError("no jnicudart in java.library.path: /lib");
                    }))
        .isInstanceOf(GpuException.class)
        .message()
        .startsWith(
            "the Java classes for CUDA and TensorRT cannot be loaded (no jnicudart in java.library.path: /lib); unset FLAMINGO_GPU_LIBRARIES, ");
  }
}
