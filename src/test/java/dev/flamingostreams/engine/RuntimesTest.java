package dev.flamingostreams.engine;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flamingostreams.checkpoints.ModelDirectory;
import dev.flamingostreams.checkpoints.StoredType;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RuntimesTest {

  @Test
  void aGpuThatNoEngineCanUseIsRefusedWithTheReasonOfEach(@TempDir Path folder) throws IOException {
    RandomModel.write(folder, RandomModel.TINY, StoredType.F32);
    ModelDirectory directory = ModelDirectory.open(folder);
    EngineOptions options =
        EngineOptions.defaults()
            .withChoice(EngineChoice.auto().withProcessor(Processor.parse("cuda:99")));
    assertThatThrownBy(() -> Runtimes.start(directory, directory.weights(), options))
        .isInstanceOf(GpuException.class)
        .hasMessageMatching("neither TensorRT can use cuda:99 \\(.+\\) nor ONNX Runtime \\(.+\\)");
  }
}
