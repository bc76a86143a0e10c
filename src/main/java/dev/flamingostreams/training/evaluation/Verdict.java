package dev.flamingostreams.training.evaluation;

import dev.flamingostreams.training.scenes.Actor;
import dev.flamingostreams.training.scenes.Scene;
import java.util.ArrayList;
import java.util.List;

/**
 * How much of a caption is true.
 *
 * @param exact word for word, but for the order of two objects
 * @param inOtherOrder exact, but the second object was told first
 * @param objects that there are
 * @param colours of them that were told right, in the best matching of objects to sentences
 * @param kinds the same
 * @param motions the same
 */
record Verdict(
    boolean exact, boolean inOtherOrder, int objects, int colours, int kinds, int motions) {
  private static final String BETWEEN = " while ";

  static Verdict of(Scene scene, String text) {
    boolean exact = scene.isToldBy(text);
    boolean inOtherOrder = exact && !text.equals(scene.caption());
    Slots slots = best(scene.actors(), sentences(text, scene.actors().size()));
    return new Verdict(
        exact, inOtherOrder, scene.actors().size(), slots.colours, slots.kinds, slots.motions);
  }

  /** Of a clip about which nothing is right or wrong. */
  static Verdict none() {
    return new Verdict(false, false, 0, 0, 0, 0);
  }

  private record Slots(int colours, int kinds, int motions) {
    int sum() {
      return colours + kinds + motions;
    }

    Slots plus(Slots other) {
      return new Slots(colours + other.colours, kinds + other.kinds, motions + other.motions);
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
    Slots best = new Slots(0, 0, 0);
    if (actors.isEmpty()) {
      return best;
    }
    for (int i = 0; i < sentences.size(); i++) {
      List<String> others = new ArrayList<>(sentences);
      Slots first = slots(actors.get(0), others.remove(i));
      Slots all = first.plus(best(actors.subList(1, actors.size()), others));
      best = all.sum() > best.sum() ? all : best;
    }
    return best;
  }

  /** A sentence is article, colour, kind and the words of the motion. */
  private static Slots slots(Actor actor, String sentence) {
    String[] words = sentence.split(" ", 4);
    return new Slots(
        is(words, 1, actor.colour().word()),
        is(words, 2, actor.kind().word()),
        is(words, 3, actor.motion().words()));
  }

  private static int is(String[] words, int index, String truth) {
    return index < words.length && words[index].equals(truth) ? 1 : 0;
  }
}
