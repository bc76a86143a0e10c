package dev.flamingostreams.training.scenes;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Everything that defines one clip.
 *
 * @param actors the known objects, none to two, the one that is named first at the beginning
 * @param strays objects that the language has no words for
 * @param bar what stands in front, if anything does
 * @param aspect width over height of the frame as seen, 1 to 16/9
 * @param seed of the noise
 */
public record Scene(
    List<Actor> actors,
    List<Stray> strays,
    @Nullable Bar bar,
    double aspect,
    Backdrop backdrop,
    Degradation degradation,
    long seed) {
  /** What is said of a clip that shows no known object. */
  public static final String NOTHING_KNOWN = "nothing known";

  private static final String WHILE = " while ";

  public Scene {
    actors = inOrder(actors);
    strays = List.copyOf(strays);
  }

  /** The left-most or upper-most at the start comes first, by whichever way is longer. */
  private static List<Actor> inOrder(List<Actor> actors) {
    if (actors.size() < 2) {
      return List.copyOf(actors);
    }
    State one = actors.get(0).at(0);
    State other = actors.get(1).at(0);
    boolean across = Math.abs(one.x() - other.x()) >= Math.abs(one.y() - other.y());
    return actors.stream()
        .sorted(Comparator.comparingDouble(a -> across ? a.at(0).x() : a.at(0).y()))
        .toList();
  }

  /** The truth, such as {@code a red circle moves left while a blue square stays still}. */
  public String caption() {
    return isKnown()
        ? actors.stream().map(Actor::sentence).collect(Collectors.joining(WHILE))
        : NOTHING_KNOWN;
  }

  /** Whether a text is the caption, or would be with the other of two objects named first. */
  public boolean isToldBy(String text) {
    return sentences(text).equals(sentences(caption()));
  }

  private static List<String> sentences(String text) {
    return Stream.of(text.split(WHILE, -1)).sorted().toList();
  }

  /** Whether there is a known object. */
  public boolean isKnown() {
    return !actors.isEmpty();
  }

  /** Whether all of what is behind the objects is strange. */
  public boolean hasClutter() {
    return backdrop instanceof Clutter;
  }

  /**
   * The same as another camera sees it.
   *
   * @param noise its seed
   */
  public Scene seenBy(Degradation camera, long noise) {
    return new Scene(actors, strays, bar, aspect, backdrop, camera, noise);
  }

  /** The clip played backwards, as far as it can be told. */
  public Scene reversed() {
    return new Scene(
        actors.stream().map(Actor::reversed).toList(),
        strays,
        bar,
        aspect,
        backdrop,
        degradation,
        seed);
  }
}
