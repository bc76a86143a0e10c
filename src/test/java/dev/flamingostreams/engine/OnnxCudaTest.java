package dev.flamingostreams.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OnnxCudaTest {

  @Test
  void aLibraryIsNamedOnce() {
    assertThat(new OnnxCuda().libraries())
        .extracting(GpuSupport.Library::file)
        .doesNotHaveDuplicates()
        .contains("libonnxruntime_providers_cuda.so", "libcudnn.so.9");
  }

  @Test
  void itIsListedWhereItIsBuiltOnly() {
    assertThat(GpuSupport.all().stream().anyMatch(OnnxCuda.class::isInstance))
        .isEqualTo(OnnxCuda.directory().isPresent());
  }
}
