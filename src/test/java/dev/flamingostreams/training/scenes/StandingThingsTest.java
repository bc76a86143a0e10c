package dev.flamingostreams.training.scenes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class StandingThingsTest {
  private static final Offset<Double> ROUGHLY = Offset.offset(1e-9);

  private final List<Figure> things = things(400);

  @Test
  void theyFillTheirSizeAndMostAreTallerThanWide() {
    assertThat(things)
        .allSatisfy(
            thing -> assertThat(Math.max(thing.width(), thing.height())).isEqualTo(1, ROUGHLY));
    long tall = things.stream().filter(thing -> thing.height() > 1.3 * thing.width()).count();
    assertThat(tall).isGreaterThan(things.size() / 2L);
  }

  @Test
  void someAreOfOneColourAndSomeOfSeveral() {
    assertThat(things).anyMatch(thing -> colours(thing) == 1);
    assertThat(things).anyMatch(thing -> colours(thing) == 3);
  }

  private static long colours(Figure thing) {
    return thing.parts().stream().map(Figure.Part::rgb).distinct().count();
  }

  private static List<Figure> things(int count) {
    SplittableRandom random = new SplittableRandom(3);
    return Stream.generate(() -> StandingThings.draw(random).figure()).limit(count).toList();
  }
}
