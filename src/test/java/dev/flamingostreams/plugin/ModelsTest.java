package dev.flamingostreams.plugin;

import dev.flamingostreams.engine.EngineOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class ModelsTest {

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
