package dev.flamingostreams.captions;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.streams.processor.TaskId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class LandingTest {
  private static final TaskId ONE = new TaskId(0, 0);
  private static final TaskId TWO = new TaskId(0, 1);

  private final Landing landing = new Landing();

  @Test
  @Timeout(60)
  void whatIsInFlightIsWaitedFor() {
    landing.report(ONE, 2);
    landing.report(TWO, 1);
    CompletableFuture<Void> down =
        CompletableFuture.runAsync(() -> landing.bringDown(Duration.ofHours(1)));
    while (!landing.hasBegun()) {
      Thread.onSpinWait();
    }
    assertThat(landing.isOver()).isFalse();

    landing.report(ONE, 0);
    assertThat(down).isNotDone();
    landing.leave(TWO);
    down.join();
  }

  @Test
  void whatTakesTooLongIsTakenBack() {
    landing.report(ONE, 1);

    landing.bringDown(Duration.ofMillis(1));
    assertThat(landing.isOver()).isTrue();
  }
}
