package dev.flamingostreams.training.scenes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CourseTest {
  private static final int COURSES = 60;
  private static final int STEPS = 200;
  private static final double INSTANT = 1e-6;

  @ParameterizedTest
  @EnumSource(Motion.class)
  void playedBackwardsEveryStateComesAtItsOppositeTime(Motion motion) {
    for (int i = 0; i < COURSES; i++) {
      Course course = course(motion, i);
      Course reversed = course.reversed();
      for (int step = 0; step <= STEPS; step++) {
        double u = (double) step / STEPS;
        assertSamePlace(reversed.at(u), course.at(1 - u));
        if (!switches(course, 1 - u)) {
          assertThat(reversed.at(u).visible()).isEqualTo(course.at(1 - u).visible());
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Motion.class)
  void playedBackwardsTwiceItIsWhatItWas(Motion motion) {
    for (int i = 0; i < COURSES; i++) {
      Course course = course(motion, i);
      Course again = course.reversed().reversed();
      for (int step = 0; step <= STEPS; step++) {
        double u = (double) step / STEPS;
        assertSamePlace(again.at(u), course.at(u));
        if (!switches(course, u)) {
          assertThat(again.at(u).visible()).isEqualTo(course.at(u).visible());
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Motion.class)
  void aMotionReversedTwiceIsItself(Motion motion) {
    assertThat(motion.reversed().reversed()).isEqualTo(motion);
    assertThat(motion.reversed().isMove()).isEqualTo(motion.isMove());
  }

  private static Course course(Motion motion, int seed) {
    Combination combination = new Combination(Colour.BLUE, Kind.CAR, motion);
    return new SceneSampler(seed).one(combination).actors().get(0).course();
  }

  private static void assertSamePlace(State state, State expected) {
    assertThat(state.x()).isCloseTo(expected.x(), within(1e-9));
    assertThat(state.y()).isCloseTo(expected.y(), within(1e-9));
    assertThat(state.size()).isCloseTo(expected.size(), within(1e-9));
  }

  /** Whether the object appears or disappears at that instant. */
  private static boolean switches(Course course, double u) {
    return course.at(u - INSTANT).visible() != course.at(u + INSTANT).visible();
  }
}
