package dev.flamingostreams.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.flamingostreams.training.scenes.Actor;
import dev.flamingostreams.training.scenes.Colour;
import dev.flamingostreams.training.scenes.Course;
import dev.flamingostreams.training.scenes.Figure;
import dev.flamingostreams.training.scenes.Kind;
import dev.flamingostreams.training.scenes.Motion;
import dev.flamingostreams.training.scenes.Scene;
import dev.flamingostreams.training.scenes.SceneSampler;
import dev.flamingostreams.training.scenes.State;
import dev.flamingostreams.training.scenes.Stray;
import java.awt.geom.Rectangle2D;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PhraseBookTest {
  private static final int SIDE = 8;
  private static final int SILENT = -1;
  private static final int[] NOTHING = {0, SILENT, SILENT, SILENT, SILENT, SILENT};
  private static final int[] STRANGE = {2, SILENT, SILENT, SILENT, SILENT, SILENT};
  private static final int[] UNSAID = {SILENT, SILENT, SILENT, SILENT, SILENT, SILENT};
  private static final Figure SQUARE =
      new Figure(List.of(new Figure.Part(new Rectangle2D.Double(-0.5, -0.5, 1, 1), 0)), 1, 1);

  private final PhraseBook book = new PhraseBook(SIDE);

  @Test
  void slotsFollowOneAnotherAndAPhraseIsTheMeanOfItsWords() {
    assertThat(book.slots())
        .extracting(PhraseBook.Slot::name)
        .containsExactly("presence", "colour", "kind", "column", "row", "size");
    int next = 0;
    for (PhraseBook.Slot slot : book.slots()) {
      assertThat(slot.from()).isEqualTo(next);
      next = slot.to();
    }
    assertThat(next).isEqualTo(book.size());
    float[] bags = book.bagsOfWords();
    for (int p = 0; p < book.size(); p++) {
      float sum = 0;
      for (int w = 0; w < book.words(); w++) {
        sum += bags[p * book.words() + w];
      }
      assertThat(sum).isEqualTo(1);
    }
  }

  @Test
  void theMiddleOfAnObjectNamesItsColourKindPlaceAndSize() {
    Scene scene = known(actor(Colour.BLUE, Kind.SQUARE, course(0.45, 0.7, 0.3)));
    assertThat(said(scene, 3, 5))
        .containsExactly(
            1,
            number(Colour.BLUE),
            number(Kind.SQUARE),
            (int) (0.45 * 24),
            (int) (0.7 * 24),
            (int) (0.3 / 0.5 * 10));
  }

  @Test
  void farRegionsSayNothingAndTheEdgeIsLeftUnsaid() {
    int[][] truths = truths(known(actor(Colour.BLUE, Kind.SQUARE, course(0.45, 0.7, 0.3))));
    assertThat(truths).hasNumberOfRows(book.regions());
    assertThat(at(truths, 0, 0)).isEqualTo(NOTHING);
    assertThat(at(truths, 7, 5)).isEqualTo(NOTHING);
    assertThat(at(truths, 2, 5)).isEqualTo(UNSAID);
  }

  @Test
  void eachOfTwoObjectsIsNamedInItsOwnPlace() {
    Scene scene =
        known(
            actor(Colour.RED, Kind.STAR, course(0.2, 0.2, 0.2)),
            actor(Colour.WHITE, Kind.PERSON, course(0.8, 0.8, 0.2)));
    assertThat(said(scene, 1, 1)).startsWith(1, number(Colour.RED), number(Kind.STAR));
    assertThat(said(scene, 6, 6)).startsWith(1, number(Colour.WHITE), number(Kind.PERSON));
    assertThat(at(truths(scene), 4, 4)).isEqualTo(NOTHING);
  }

  @Test
  void theObjectInFrontIsNamedWhereOneHidesTheOther() {
    Scene scene =
        known(
            actor(Colour.RED, Kind.STAR, course(0.4, 0.5, 0.4)),
            actor(Colour.WHITE, Kind.PERSON, course(0.5, 0.5, 0.4)));
    assertThat(said(scene, 4, 4)).startsWith(1, number(Colour.WHITE), number(Kind.PERSON));
  }

  @Test
  void placesAndSizesBeyondTheLastStayInIt() {
    Scene scene = known(actor(Colour.RED, Kind.CAR, course(0.999, 0.999, 0.9)));
    assertThat(said(scene, 7, 7)).endsWith(23, 23, 9);
  }

  @Test
  void anInvisibleObjectLeavesNothing() {
    State state = new State(0.5, 0.5, 0.4, true);
    Course gone = new Course(state, state, 0, 1, 0, 0, new Course.Switch(0.6, true));
    assertThat(truths(known(actor(Colour.RED, Kind.CAR, gone)))).isDeepEqualTo(everywhere(NOTHING));
  }

  @Test
  void clutterIsStrangeEverywhere() {
    SceneSampler sampler = new SceneSampler(1);
    assertThat(Stream.generate(sampler::unknown).filter(Scene::hasClutter).limit(50))
        .allSatisfy(scene -> assertThat(truths(scene)).isDeepEqualTo(everywhere(STRANGE)));
  }

  @Test
  void aStrangeThingIsStrangeInItsMiddleAndOneOfACrowdIsLeftUnsaid() {
    Stray thing = new Stray(SQUARE, course(0.45, 0.7, 0.3), true);
    int[][] strange = truths(unknown(thing));
    assertThat(at(strange, 3, 5)).isEqualTo(STRANGE);
    assertThat(at(strange, 2, 5)).isEqualTo(UNSAID);
    assertThat(at(strange, 0, 0)).isEqualTo(NOTHING);
    Stray one = new Stray(SQUARE, thing.course(), false);
    assertThat(at(truths(unknown(one)), 3, 5)).isEqualTo(UNSAID);
  }

  @Test
  void theRegionsOfASmallObjectCountAsMuchAsThoseOfALargeOne() {
    Scene scene =
        known(
            actor(Colour.RED, Kind.STAR, course(0.3, 0.3, 0.45)),
            actor(Colour.WHITE, Kind.CAR, course(0.8, 0.8, 0.16)));
    int[][] truths = truths(scene);
    List<Float> shares = PhraseBook.shares(truths);
    assertThat(counted(truths, shares, Colour.RED).count()).isGreaterThan(4);
    for (Colour colour : List.of(Colour.RED, Colour.WHITE)) {
      assertThat(counted(truths, shares, colour).mapToDouble(Float::doubleValue).sum())
          .isCloseTo(1, within(1e-5));
    }
  }

  private static Stream<Float> counted(int[][] truths, List<Float> shares, Colour colour) {
    return IntStream.range(0, truths.length)
        .filter(region -> truths[region][1] == number(colour))
        .mapToObj(shares::get);
  }

  private static int number(Colour colour) {
    return List.of(Colour.values()).indexOf(colour);
  }

  private static int number(Kind kind) {
    return List.of(Kind.values()).indexOf(kind);
  }

  private int[] said(Scene scene, int column, int row) {
    return at(truths(scene), column, row);
  }

  private int[][] truths(Scene scene) {
    return book.truths(scene, 0.5);
  }

  private int[][] everywhere(int... truths) {
    return Stream.generate(() -> truths).limit(book.regions()).toArray(int[][]::new);
  }

  private static int[] at(int[][] truths, int column, int row) {
    return truths[row * SIDE + column];
  }

  private static Course course(double x, double y, double size) {
    State state = new State(x, y, size, true);
    return new Course(state, state, 0, 1, 0, 0, new Course.Always());
  }

  private static Actor actor(Colour colour, Kind kind, Course course) {
    return new Actor(colour, kind, Motion.STAYS_STILL, 0, SQUARE, course);
  }

  private static Scene known(Actor... actors) {
    return scene(List.of(actors), List.of());
  }

  private static Scene unknown(Stray... strays) {
    return scene(List.of(), List.of(strays));
  }

  /** A square frame. */
  private static Scene scene(List<Actor> actors, List<Stray> strays) {
    Scene drawn = new SceneSampler(1).one();
    return new Scene(actors, strays, null, 1, drawn.backdrop(), drawn.degradation(), 1);
  }
}
