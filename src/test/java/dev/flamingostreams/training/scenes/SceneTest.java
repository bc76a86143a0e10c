package dev.flamingostreams.training.scenes;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.geom.Rectangle2D;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SceneTest {
  private static final Figure BOX =
      new Figure(List.of(new Figure.Part(new Rectangle2D.Double(-0.5, -0.5, 1, 1), 0)), 1, 1);
  private static final Background GREY =
      new Background(Background.Pattern.PLAIN, 0x808080, 0x808080, 0, 1, 0);

  @Test
  void whatIsMoreToTheLeftIsNamedFirst() {
    Actor circle = actor(Colour.RED, Kind.CIRCLE, Motion.MOVES_LEFT, 0.7, 0.4);
    Actor square = actor(Colour.BLUE, Kind.SQUARE, Motion.STAYS_STILL, 0.2, 0.6);
    String truth = "a blue square stays still while a red circle moves left";
    assertThat(scene(circle, square).caption()).isEqualTo(truth);
    assertThat(scene(square, circle).caption()).isEqualTo(truth);
  }

  @Test
  void whatIsHigherIsNamedFirstIfTheyAreFartherApartThatWay() {
    Actor lower = actor(Colour.ORANGE, Kind.STAR, Motion.GROWS, 0.4, 0.8);
    Actor upper = actor(Colour.WHITE, Kind.PERSON, Motion.BLINKS, 0.6, 0.3);
    assertThat(scene(lower, upper).caption())
        .isEqualTo("a white person blinks while an orange star grows");
  }

  @Test
  void theCaptionOfAClipPlayedBackwardsSaysTheOppositeInTheOrderOfItsOwnStart() {
    Actor leaves = actor(Colour.RED, Kind.CAR, Motion.MOVES_RIGHT, 0.2, 0.5);
    Actor stays = actor(Colour.BLACK, Kind.STAR, Motion.DISAPPEARS, 0.5, 0.5);
    Scene scene = scene(leaves, stays);
    assertThat(scene.caption()).isEqualTo("a red car moves right while a black star disappears");
    assertThat(scene.reversed().caption())
        .isEqualTo("a black star appears while a red car moves left");
    assertThat(scene.reversed().reversed().caption()).isEqualTo(scene.caption());
  }

  @Test
  void drawnScenesPlayedBackwardsTwiceSayWhatTheySaid() {
    SceneSampler sampler = new SceneSampler(1);
    for (int i = 0; i < 500; i++) {
      Scene scene = sampler.two();
      assertThat(scene.reversed().reversed().caption()).isEqualTo(scene.caption());
      assertThat(scene.reversed().actors())
          .extracting(Actor::motion)
          .containsExactlyInAnyOrderElementsOf(
              scene.actors().stream().map(actor -> actor.motion().reversed()).toList());
      assertThat(scene.reversed().actors().get(0).noun())
          .isEqualTo(firstNamed(scene.actors(), 1).noun());
    }
  }

  /** Of the places at a time. */
  private static Actor firstNamed(List<Actor> actors, double u) {
    State one = actors.get(0).at(u);
    State other = actors.get(1).at(u);
    boolean across = Math.abs(one.x() - other.x()) >= Math.abs(one.y() - other.y());
    return actors.stream()
        .min(Comparator.comparingDouble(a -> across ? a.at(u).x() : a.at(u).y()))
        .orElseThrow();
  }

  @Test
  void whatIsNotKnownStaysUnknownBackwards() {
    Scene unknown = new SceneSampler(1).unknown();
    assertThat(unknown.caption()).isEqualTo("nothing known");
    assertThat(unknown.reversed().caption()).isEqualTo("nothing known");
  }

  @Test
  void eitherOfTwoObjectsMayBeToldFirst() {
    Actor circle = actor(Colour.RED, Kind.CIRCLE, Motion.MOVES_LEFT, 0.7, 0.4);
    Actor square = actor(Colour.BLUE, Kind.SQUARE, Motion.STAYS_STILL, 0.2, 0.6);
    Scene scene = scene(circle, square);
    assertThat(
            Stream.of(
                "a blue square stays still while a red circle moves left",
                "a red circle moves left while a blue square stays still"))
        .allMatch(scene::isToldBy);
    assertThat(
            Stream.of(
                "a red circle stays still while a blue square moves left",
                "a red circle moves left while a red circle moves left",
                "a red circle moves left",
                "a red circle moves left while ",
                "nothing known",
                ""))
        .noneMatch(scene::isToldBy);
  }

  @Test
  void oneObjectIsToldByItsCaptionAndTheUnknownByItsOwn() {
    Scene one = scene(actor(Colour.RED, Kind.CIRCLE, Motion.BLINKS, 0.7, 0.4));
    assertThat(one.isToldBy("a red circle blinks")).isTrue();
    assertThat(one.isToldBy("a red circle blinks while a red circle blinks")).isFalse();
    assertThat(scene().isToldBy("nothing known")).isTrue();
    assertThat(scene().isToldBy("a red circle blinks")).isFalse();
    assertThat(one.isToldBy("nothing known")).isFalse();
  }

  private static Actor actor(Colour colour, Kind kind, Motion motion, double x, double y) {
    State from = new State(x, y, 0.2, true);
    State to = motion == Motion.MOVES_RIGHT ? new State(x + 0.5, y, 0.2, true) : from;
    return new Actor(colour, kind, motion, 0, BOX, new Course(from, to, 0, 1, 0, 0, Course.ALWAYS));
  }

  private static Scene scene(Actor... actors) {
    return new Scene(List.of(actors), List.of(), null, 1.5, GREY, Degradation.NONE, 1);
  }
}
