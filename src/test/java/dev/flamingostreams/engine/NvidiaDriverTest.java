package dev.flamingostreams.engine;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class NvidiaDriverTest {

  @Test
  void aMachineWithoutADriverIsToldSoInOneLine() {
    assertThatThrownBy(() -> NvidiaDriver.open("libcuda-of-nobody.so.1"))
        .isInstanceOf(GpuException.class)
        .hasMessage(
            "there is no NVIDIA driver (libcuda-of-nobody.so.1); install NVIDIA driver 525 or newer, in a container with --gpus all");
  }
}
