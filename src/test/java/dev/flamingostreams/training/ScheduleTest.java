package dev.flamingostreams.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ScheduleTest {
  private static final double PEAK = 1e-3;
  private static final double OF_MATRICES = 1e-2;

  @Test
  void risesThenFallsToTwoPercentAtTheLastStep() {
    Schedule schedule = schedule(1000, 1);
    assertThat(schedule.at(1).ofOthers()).isEqualTo(PEAK / 20);
    assertThat(schedule.at(20).ofOthers()).isEqualTo(PEAK);
    assertThat(schedule.at(510).ofOthers()).as("half-way").isCloseTo(0.51 * PEAK, within(1e-9));
    assertThat(schedule.at(1000).ofOthers()).isCloseTo(0.02 * PEAK, within(1e-12));
  }

  @Test
  void isHeldUntilItFalls() {
    Schedule schedule = schedule(10_000, 0.2);
    assertThat(schedule.at(8000)).isEqualTo(new Rates(PEAK, OF_MATRICES));
    assertThat(schedule.at(9000).ofMatrices()).isCloseTo(0.51 * OF_MATRICES, within(1e-9));
    assertThat(schedule.at(10_000).ofMatrices()).isCloseTo(0.02 * OF_MATRICES, within(1e-12));
  }

  @Test
  void untilItFallsALongerRunIsTheSame() {
    Schedule schedule = schedule(10_000, 0.2);
    Schedule longer = schedule(40_000, 0.2);
    for (int step = 1; step <= 8000; step++) {
      assertThat(longer.at(step)).isEqualTo(schedule.at(step));
    }
  }

  private static Schedule schedule(int steps, double falls) {
    return new Schedule(new TrainingPlan.Stage(steps, 8, PEAK, OF_MATRICES, falls));
  }
}
