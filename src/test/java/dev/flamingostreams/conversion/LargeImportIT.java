package dev.flamingostreams.conversion;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flamingostreams.engine.ModelCheck;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** In the 2 GB heap that tests have; writes 16 GB. */
@Tag("large")
class LargeImportIT {
  @TempDir private Path directory;

  @Test
  void aModelOfThreeBillionWeightsIsImportedTensorByTensor() throws IOException {
    assertThat(Runtime.getRuntime().maxMemory()).isLessThanOrEqualTo(2L << 30);
    new RandomOpenFlamingo(RandomOpenFlamingo.Size.OF_3B).write(directory);
    Path flamingo = directory.resolve("flamingo/checkpoint.safetensors");

    var model =
        Import.of(directory.resolve("vision"), directory.resolve("language"), flamingo)
            .to(directory.resolve("model"), ImportOptions.of("random-3b"));

    assertThat(ModelCheck.of(model).faults()).isEmpty();
  }
}
