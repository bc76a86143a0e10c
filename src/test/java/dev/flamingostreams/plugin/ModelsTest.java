package dev.flamingostreams.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flamingostreams.checkpoints.StoredType;
import dev.flamingostreams.engine.Describer;
import dev.flamingostreams.engine.EngineOptions;
import dev.flamingostreams.engine.GpuException;
import dev.flamingostreams.engine.RandomModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class ModelsTest {

  @TempDir Path directory;

  @Test
  void topologiesThatRunTogetherEachGetADescriber() throws IOException {
    TopologyFile yard = yard();
    TopologyFile hall = read("hall", "mine");
    try (Models models = new Models(directory, EngineOptions.defaults())) {
      Function<TopologyFile, Describer> describers = models.describers(List.of(yard, hall));
      assertThat(describers.apply(yard).model().id()).isEqualTo("random");
      assertThat(describers.apply(hall)).isNotSameAs(describers.apply(yard));
    }
  }

  @Test
  void noneOfThemGetsOneIfAnotherNamesNoModel() throws IOException {
    TopologyFile yard = yard();
    TopologyFile hall = read("hall", "another");
    try (Models models = new Models(directory, EngineOptions.defaults())) {
      Function<TopologyFile, Describer> describers = models.describers(List.of(yard, hall));
      assertThatThrownBy(() -> describers.apply(yard))
          .isInstanceOf(TopologyException.class)
          .hasMessageStartingWith(hall.file() + ": model: 'another' is neither a directory in ");
    }
  }

  @Test
  void aModelIsOpenOnceForEachEngineAndDeviceThatIsAskedFor() throws IOException {
    TopologyFile yard = yard();
    try (Models models = new Models(directory, EngineOptions.defaults())) {
      models.describer(read("open", "mine\nengine: onnxruntime"));
      models.describer(read("named", "mine\nengine: onnxruntime\ndevice: cpu"));
      assertThat(models.usage()).hasSize(1);
      models.describer(yard);
      assertThat(models.usage()).hasSize(2);
    }
  }

  @Test
  void whichTopologyHasNoGpuIsSaid() throws IOException {
    yard();
    TopologyFile hall = read("hall", "mine\nengine: tensorrt\ndevice: cpu");
    try (Models models = new Models(directory, EngineOptions.defaults())) {
      assertThatThrownBy(() -> models.describer(hall))
          .isInstanceOf(GpuException.class)
          .hasMessage(
              "%s: TensorRT runs on GPUs only; leave out the device, or name cuda", hall.file());
    }
  }

  /** A topology whose model is there. */
  private TopologyFile yard() throws IOException {
    RandomModel.write(
        Files.createDirectory(directory.resolve("mine")), RandomModel.TINY, StoredType.F32);
    return read("yard", "mine");
  }

  private TopologyFile read(String name, String model) throws IOException {
    Path file = directory.resolve(name + ".yaml");
    Files.writeString(file, "name: %s\nmodel: %s\n".formatted(name, model));
    return TopologyFile.read(file);
  }

  @Test
  @Timeout(60)
  void theEndDoesNotWaitForAModelThatLoads() throws Exception {
    try (Models models = new Models(Path.of("none"), EngineOptions.defaults())) {
      CountDownLatch loading = new CountDownLatch(1);
      CountDownLatch rested = new CountDownLatch(1);
      CompletableFuture<Void> load =
          CompletableFuture.runAsync(
              () -> {
                synchronized (models) { // as while one is opened
                  loading.countDown();
                  await(rested);
                }
              });
      loading.await();
      models.rest(Duration.ofMillis(50));
      rested.countDown();
      load.get();
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
