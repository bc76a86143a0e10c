package dev.flamingostreams.training.scenes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class FootprintTest {
  private static final double REGION = 1.0 / 8;
  private static final Footprint WIDE = new Footprint(0.5, 0.5, 0.4, 0.2);

  @Test
  void itIsTheBoxAroundTheObject() {
    Figure figure = new Figure(List.of(), 1, 0.5);
    State state = new State(0.3, 0.6, 0.4, true);
    Course course = new Course(state, state, 0, 1, 0, 0, Course.ALWAYS);
    assertThat(Footprint.of(figure, course, 0.5, 1.6))
        .isEqualTo(new Footprint(0.3, 0.6, 0.4 / 1.6, 0.2));
  }

  @Test
  void regionsInTheMiddleAreCoveredAndThoseOnTheEdgeTouched() {
    assertThat(WIDE.covers(0.5, 0.5, REGION)).isTrue();
    assertThat(WIDE.covers(0.65, 0.5, REGION)).isTrue();
    assertThat(WIDE.covers(0.69, 0.5, REGION)).isFalse();
    assertThat(WIDE.touches(0.69, 0.5, REGION)).isTrue();
    assertThat(WIDE.touches(0.75, 0.5, REGION)).isTrue();
    assertThat(WIDE.touches(0.77, 0.5, REGION)).isFalse();
    assertThat(WIDE.covers(0.5, 0.59, REGION)).isFalse();
    assertThat(WIDE.touches(0.5, 0.65, REGION)).isTrue();
    assertThat(WIDE.touches(0.5, 0.67, REGION)).isFalse();
  }

  @Test
  void theRegionWithTheCentreOfASmallObjectIsCovered() {
    Footprint small = new Footprint(0.52, 0.48, 0.02, 0.02);
    assertThat(small.covers(0.5625, 0.4375, REGION)).isTrue();
    assertThat(small.covers(0.4375, 0.4375, REGION)).isFalse();
  }

  @Test
  void whatIsNotVisibleTouchesNothing() {
    State state = new State(0.5, 0.5, 0.4, true);
    Course gone = new Course(state, state, 0, 1, 0, 0, new Course.Switch(0.5, true));
    Figure figure = new Figure(List.of(), 1, 1);
    Footprint before = Footprint.of(figure, gone, 0.4, 1);
    for (double x = 0; x <= 1; x += REGION) {
      assertThat(before.touches(x, 0.5, REGION) || before.covers(x, 0.5, REGION)).isFalse();
    }
    assertThat(Footprint.of(figure, gone, 0.6, 1).covers(0.5, 0.5, REGION)).isTrue();
  }
}
