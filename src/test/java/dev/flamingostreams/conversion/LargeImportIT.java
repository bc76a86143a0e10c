package dev.flamingostreams.conversion;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flamingostreams.checkpoints.ModelDirectory;
import dev.flamingostreams.engine.ClipInput;
import dev.flamingostreams.engine.Describer;
import dev.flamingostreams.engine.Description;
import dev.flamingostreams.engine.Engine;
import dev.flamingostreams.engine.EngineOptions;
import dev.flamingostreams.engine.ModelCheck;
import dev.flamingostreams.engine.Pictures;
import dev.flamingostreams.engine.Prompt;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** In the 2 GB heap that tests have; writes 16 GB. */
@Tag("large")
class LargeImportIT {
  private static final long GB = 1L << 30;

  @TempDir private Path directory;

  @Test
  void aModelOfThreeBillionWeightsIsImportedTensorByTensorAndDescribesAClip()
      throws IOException, ExecutionException, InterruptedException {
    assertThat(Runtime.getRuntime().maxMemory()).isLessThanOrEqualTo(2 * GB);
    new RandomOpenFlamingo(RandomOpenFlamingo.Size.OF_3B).write(directory);
    Path flamingo = directory.resolve("flamingo/checkpoint.safetensors");
    ModelDirectory model =
        Import.of(directory.resolve("vision"), directory.resolve("language"), flamingo)
            .to(directory.resolve("model"), ImportOptions.of("random-3b"));
    assertThat(ModelCheck.of(model).faults()).isEmpty();
    say("imported", peakBytes());

    Description description = describe(model);
    say("described", peakBytes());
    assertThat(description.text()).isNotEmpty();
    assertThat(peakBytes()).isLessThan(20 * GB);
  }

  private static Description describe(ModelDirectory model)
      throws ExecutionException, InterruptedException {
    List<byte[]> images = new ArrayList<>();
    long[] micros = new long[8];
    for (int i = 0; i < micros.length; i++) {
      images.add(Pictures.jpeg(640, 360, i));
      micros[i] = i * 500_000L;
    }
    try (Engine engine = Engine.open(model.path(), EngineOptions.defaults());
        Describer describer = engine.describer(Prompt.plain())) {
      return describer.describe(new ClipInput(images, micros)).get();
    }
  }

  /** The most memory that this process has had, pages of mapped files among it. */
  private static long peakBytes() throws IOException {
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith("VmHWM:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
        .findFirst()
        .orElseThrow();
  }

  private static void say(String what, long bytes) {
    System.out.printf("%s: peak of %.2f GB%n", what, bytes / (double) GB);
  }
}
