package dev.flamingostreams.tensorrt;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FullMemoryTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1: [defaultAllocator.cpp::allocate::20] Error Code 1: Cuda Runtime (out of memory)",
        "2: [virtualMemoryBuffer.cpp::resizePhysical::140] Error Code 2: OutOfMemory (no further information)",
        "10: Could not find any implementation for node {ForeignNode} due to insufficient workspace."
      })
  void itIsReadFromWhatTensorRtAndCudaWrite(String line) {
    assertThat(FullMemory.isTold(line)).isTrue();
  }

  @Test
  void otherErrorsAreNot() {
    assertThat(
            FullMemory.isTold(
                "4: [network.cpp::validate::2965] Error Code 4: Internal Error (Output features has no type)"))
        .isFalse();
  }
}
