package dev.flamingostreams.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flamingostreams.engine.NvidiaDriver;
import dev.flamingostreams.engine.NvidiaGpu;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CheckupTextTest {

  @Test
  void aGpuIsNamedAsDevicesAre() {
    NvidiaGpu gpu = new NvidiaGpu("NVIDIA H100 80GB HBM3", 9, 0, 80L << 30);
    NvidiaDriver driver = new NvidiaDriver("535.104.05", "12.2", List.of(gpu, gpu));
    assertThat(CheckupText.gpu(new Checkup.Gpu(driver, null)))
        .containsExactly(
            "gpu cuda:0      NVIDIA H100 80GB HBM3, 80 GB, compute capability 9.0",
            "gpu cuda:1      NVIDIA H100 80GB HBM3, 80 GB, compute capability 9.0",
            "gpu driver      535.104.05, speaks CUDA 12.2");
  }

  @Test
  void missingLibrariesAreListed() {
    Checkup.Libraries libraries =
        new Checkup.Libraries(
            "TensorRT",
            null,
            "there is no libb.so.1",
            List.of("/a/liba.so.1"),
            List.of("libb.so.1"));
    assertThat(CheckupText.libraries(List.of(libraries)))
        .containsExactly(
            "gpu libraries   TensorRT: there is no libb.so.1",
            "                1 of 2 found; no libb.so.1");
  }

  @Test
  void aWrongCaptionIsNotToldAsWorking() {
    assertThat(told(false))
        .isEqualTo(
            "tensorrt runs, but not as it should: tensorrt 8.6.1 H100 fp16 says 'a car' of 'a bus', which the default model tells right; first clip after 1,500 ms, the next in 4 ms");
  }

  @Test
  void theTruthIsLeftOutWhereItIsTold() {
    assertThat(told(true))
        .isEqualTo(
            "tensorrt works: tensorrt 8.6.1 H100 fp16 says 'a car'; first clip after 1,500 ms, the next in 4 ms");
  }

  @Test
  void theTruthStandsBesideWhatAModelSaysThatNothingIsExpectedOf() {
    assertThat(told(null))
        .startsWith("tensorrt works: tensorrt 8.6.1 H100 fp16 says 'a car' of 'a bus'; ");
  }

  private static String told(@Nullable Boolean right) {
    SelfTest.Result result =
        new SelfTest.Result(
            "tensorrt",
            "cuda:0",
            "tensorrt 8.6.1 H100 fp16",
            "a bus",
            "a car",
            right,
            1_500L,
            4L,
            null);
    return String.join(" ", CheckupText.engine(result)).replaceAll(" +", " ");
  }
}
