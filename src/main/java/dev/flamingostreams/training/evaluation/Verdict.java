package dev.flamingostreams.training.evaluation;

import dev.flamingostreams.training.scenes.Actor;
import dev.flamingostreams.training.scenes.Motion;
import dev.flamingostreams.training.scenes.Scene;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How much of a caption is true.
 *
 * @param exact word for word, but for the order of two objects
 * @param inOtherOrder exact, but the second object was told first
 * @param objects that there are
 * @param colours of them that were told right, in the best matching of objects to sentences
 * @param kinds the same
 * @param confusions motions that were told otherwise, in the same matching
 */
record Verdict(
    boolean exact,
    boolean inOtherOrder,
    int objects,
    int colours,
    int kinds,
    List<Confusion> confusions) {
  private static final String BETWEEN = " while ";
  private static final Set<String> MOTIONS =
      Stream.of(Motion.values()).map(Motion::words).collect(Collectors.toSet());

  Verdict {
    confusions = List.copyOf(confusions);
  }

  /**
   * A motion and what was said in its place.
   *
   * @param said empty if no motion was
   */
  record Confusion(Motion truth, String said) {}

  static Verdict of(Scene scene, String text) {
    boolean exact = scene.isToldBy(text);
    boolean inOtherOrder = exact && !text.equals(scene.caption());
    int objects = scene.actors().size();
    Slots slots = best(scene.actors(), sentences(text, objects));
    return new Verdict(exact, inOtherOrder, objects, slots.colours, slots.kinds, slots.confusions);
  }

  /** Of a clip about which nothing is right or wrong. */
  static Verdict none() {
    return new Verdict(false, false, 0, 0, 0, List.of());
  }

  /** How many objects' motions were told right. */
  int motions() {
    return objects - confusions.size();
  }

  private record Slots(int colours, int kinds, List<Confusion> confusions) {
    /** The more the better. */
    int score() {
      return colours + kinds - confusions.size();
    }

    Slots plus(Slots other) {
      List<Confusion> both = new ArrayList<>(confusions);
      both.addAll(other.confusions);
      return new Slots(colours + other.colours, kinds + other.kinds, both);
    }
  }

  private static List<String> sentences(String text, int least) {
    List<String> sentences = new ArrayList<>(List.of(text.split(BETWEEN)));
    while (sentences.size() < least) {
      sentences.add("");
    }
    return sentences;
  }

  /** Each object takes a sentence of its own. */
  private static Slots best(List<Actor> actors, List<String> sentences) {
    if (actors.isEmpty()) {
      return new Slots(0, 0, List.of());
    }
    List<Slots> matchings = new ArrayList<>();
    for (int i = 0; i < sentences.size(); i++) {
      List<String> others = new ArrayList<>(sentences);
      Slots first = slots(actors.get(0), others.remove(i));
      matchings.add(first.plus(best(actors.subList(1, actors.size()), others)));
    }
    return Collections.max(matchings, Comparator.comparingInt(Slots::score));
  }

  /** A sentence is article, colour, kind and the words of the motion. */
  private static Slots slots(Actor actor, String sentence) {
    String[] words = sentence.split(" ", 4);
    String motion = words.length > 3 ? words[3] : "";
    return new Slots(
        is(words, 1, actor.colour().word()),
        is(words, 2, actor.kind().word()),
        confusions(actor.motion(), motion));
  }

  private static List<Confusion> confusions(Motion truth, String said) {
    return said.equals(truth.words())
        ? List.of()
        : List.of(new Confusion(truth, MOTIONS.contains(said) ? said : ""));
  }

  private static int is(String[] words, int index, String truth) {
    return index < words.length && words[index].equals(truth) ? 1 : 0;
  }
}
