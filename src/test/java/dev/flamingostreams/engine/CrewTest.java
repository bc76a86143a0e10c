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
  void niceThreadsRestUntilTheyHadAnEightiethOfTheMachineWhileProcessorsAreShort() {
    assertThat(Crew.nice(1, 10, 1, 2).rest().after(CONTENDED)).isEqualTo(millis(12000 - 400));
    assertThat(Crew.nice(1, 10, 2, 2).rest().after(CONTENDED))
        .as("with a second thread that computes for it")
        .isEqualTo(millis(24000 - 400));
    assertThat(Crew.nice(2, 10, 1, 4).rest().after(CONTENDED))
        .as("two of them on a larger machine")
        .isEqualTo(millis(12000 - 400));
  }

  @Test
  void niceThreadsDoNotRestWhereTheyHadLess() {
    Crew crew = Crew.nice(1, 10, 1, 2);
    assertThat(crew.rest().after(FREE)).isZero();
    assertThat(crew.rest().after(time(10, 400))).as("the wait was rest enough").isZero();
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
    return new ProcessorTime(millis(ranMillis), millis(waitedMillis));
  }

  private static long millis(long count) {
    return TimeUnit.MILLISECONDS.toNanos(count);
  }
}
