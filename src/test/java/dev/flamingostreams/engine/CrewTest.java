package dev.flamingostreams.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class CrewTest {
  private static final ProcessorTime CONTENDED = time(300, 100);
  private static final ProcessorTime FREE = time(300, 30);

  @Test
  void niceThreadsRestTwiceAsLongAsTheyWorkedWhileProcessorsAreShort() {
    Crew crew = Crew.of(1, 10);
    assertThat(crew.rest().after(CONTENDED)).isEqualTo(TimeUnit.MILLISECONDS.toNanos(800));
    assertThat(crew.rest().after(FREE)).isZero();
    assertThat(crew.rest().after(time(0, 0))).as("where it is not counted").isZero();
  }

  @Test
  void othersNeverRest() {
    assertThat(Crew.of(1).rest().after(CONTENDED)).isZero();
  }

  @Test
  @Timeout(60)
  @EnabledOnOs(OS.LINUX)
  void whatAThreadComputesIsCounted() {
    ProcessorTime before = ProcessorTime.ofThisThread();
    while (ProcessorTime.ofThisThread().since(before).ran() < 1_000_000) {
      Thread.onSpinWait();
    }
    assertThat(ProcessorTime.ofThisThread().waited()).isNotNegative();
  }

  private static ProcessorTime time(long ranMillis, long waitedMillis) {
    return new ProcessorTime(
        TimeUnit.MILLISECONDS.toNanos(ranMillis), TimeUnit.MILLISECONDS.toNanos(waitedMillis));
  }
}
