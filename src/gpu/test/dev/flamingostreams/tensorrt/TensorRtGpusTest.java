package dev.flamingostreams.tensorrt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flamingostreams.engine.GpuException;
import dev.flamingostreams.engine.NvidiaGpu;
import java.util.List;
import org.junit.jupiter.api.Test;

class TensorRtGpusTest {
  private static final NvidiaGpu HOPPER = new NvidiaGpu("NVIDIA H100", 9, 0, 80L << 30);
  private static final NvidiaGpu BLACKWELL = new NvidiaGpu("NVIDIA B200", 10, 0, 180L << 30);

  @Test
  void hopperIsTheNewest() {
    assertThat(TensorRtGpus.get(List.of(BLACKWELL, HOPPER), 1)).isEqualTo(HOPPER);
    assertThatThrownBy(() -> TensorRtGpus.get(List.of(BLACKWELL, HOPPER), 0))
        .isInstanceOf(GpuException.class)
        .hasMessage(
            "TensorRT 8.6 knows no GPU as new as cuda:0 (NVIDIA B200, 180 GB, compute capability 10.0); build with -Pcuda and take --engine onnxruntime --device cuda");
  }

  @Test
  void aGpuThatIsNotThereIsNamed() {
    assertThatThrownBy(() -> TensorRtGpus.get(List.of(HOPPER), 1))
        .isInstanceOf(GpuException.class)
        .hasMessage("there is no cuda:1; GPUs that the NVIDIA driver shows: 1, from cuda:0 on");
  }
}
