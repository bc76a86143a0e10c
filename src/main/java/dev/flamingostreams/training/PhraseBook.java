package dev.flamingostreams.training;

import dev.flamingostreams.training.scenes.Actor;
import dev.flamingostreams.training.scenes.Colour;
import dev.flamingostreams.training.scenes.Footprint;
import dev.flamingostreams.training.scenes.Kind;
import dev.flamingostreams.training.scenes.Scene;
import dev.flamingostreams.training.scenes.State;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The short texts that a region of a frame is matched with: whether there is something, its colour,
 * kind, column, row and size. Texts of one slot exclude each other.
 */
final class PhraseBook {
  /** Slots, by their order. */
  static final int PRESENCE = 0;

  static final int KIND = 2;

  private static final int NOTHING = 0;
  private static final int SOMETHING = 1;
  private static final int STRANGE = 2;
  private static final int CELLS = 24;
  private static final int SIZES = 10;
  private static final double LARGEST = 0.5;
  private static final List<Colour> COLOURS = List.of(Colour.values());
  private static final List<Kind> KINDS = List.of(Kind.values());

  /** A slot's texts are {@code from} (inclusive) to {@code to} (exclusive) of the phrases. */
  record Slot(String name, int from, int to) {}

  private final List<String> phrases = new ArrayList<>();
  private final List<Slot> slots = new ArrayList<>();
  private final Map<String, Integer> words = new LinkedHashMap<>();
  private final int side;

  /**
   * @param side regions of a frame in each direction
   */
  PhraseBook(int side) {
    this.side = side;
    slot("presence", List.of("nothing", "something", "strange"));
    slot("colour", COLOURS.stream().map(Colour::word).toList());
    slot("kind", KINDS.stream().map(Kind::word).toList());
    slot("column", numbered("column", CELLS));
    slot("row", numbered("row", CELLS));
    slot("size", numbered("size", SIZES));
    for (String phrase : phrases) {
      for (String word : phrase.split(" ", -1)) {
        words.putIfAbsent(word, words.size());
      }
    }
  }

  private void slot(String name, List<String> texts) {
    slots.add(new Slot(name, phrases.size(), phrases.size() + texts.size()));
    phrases.addAll(texts);
  }

  private static List<String> numbered(String word, int count) {
    return IntStream.range(0, count).mapToObj(i -> word + " " + i).toList();
  }

  List<Slot> slots() {
    return slots;
  }

  int size() {
    return phrases.size();
  }

  int words() {
    return words.size();
  }

  int regions() {
    return side * side;
  }

  /** Row-major {@code [phrases, words]}: each phrase as the mean of its words. */
  float[] bagsOfWords() {
    float[] bags = new float[phrases.size() * words.size()];
    for (int p = 0; p < phrases.size(); p++) {
      String[] parts = phrases.get(p).split(" ", -1);
      for (String word : parts) {
        bags[p * words.size() + words.getOrDefault(word, 0)] += 1f / parts.length;
      }
    }
    return bags;
  }

  /**
   * Which text of each slot is true of each region, row by row: counted from the slot's first one,
   * or -1 where the slot says nothing.
   */
  int[][] truths(Scene scene, double u) {
    List<Footprint> strays =
        scene.strays().stream()
            .map(stray -> Footprint.of(stray.figure(), stray.course(), u, scene.aspect()))
            .toList();
    List<Footprint> actors =
        scene.actors().stream()
            .map(actor -> Footprint.of(actor.figure(), actor.course(), u, scene.aspect()))
            .toList();
    int[][] truths = new int[regions()][slots.size()];
    for (int i = 0; i < truths.length; i++) {
      int row = i / side;
      double x = (i % side + 0.5) / side;
      double y = (row + 0.5) / side;
      Arrays.fill(truths[i], -1);
      truths[i][0] = scene.hasClutter() ? STRANGE : ground(scene, strays, x, y);
      tellActors(scene, u, actors, x, y, truths[i]);
    }
    return truths;
  }

  /**
   * What each region of a frame counts where it tells of an object: one by the number of those that
   * tell the same, so that small objects count as much as large ones.
   */
  static List<Float> shares(int[]... truths) {
    Map<String, Long> alike =
        Arrays.stream(truths)
            .collect(Collectors.groupingBy(Arrays::toString, Collectors.counting()));
    return Arrays.stream(truths)
        .map(truth -> 1f / alike.getOrDefault(Arrays.toString(truth), 1L))
        .toList();
  }

  private int ground(Scene scene, List<Footprint> strays, double x, double y) {
    int presence = NOTHING;
    for (int i = 0; i < strays.size(); i++) {
      if (strays.get(i).touches(x, y, 1.0 / side)) {
        boolean covers = strays.get(i).covers(x, y, 1.0 / side);
        presence = scene.strays().get(i).strange() && covers ? STRANGE : -1;
      }
    }
    return presence;
  }

  private void tellActors(
      Scene scene, double u, List<Footprint> footprints, double x, double y, int[] truths) {
    for (int i = 0; i < footprints.size(); i++) {
      Actor actor = scene.actors().get(i);
      if (footprints.get(i).covers(x, y, 1.0 / side)) {
        describe(actor, actor.at(u), truths);
      } else if (footprints.get(i).touches(x, y, 1.0 / side) && truths[0] != SOMETHING) {
        truths[0] = -1;
      }
    }
  }

  private static void describe(Actor actor, State state, int[] truths) {
    truths[0] = SOMETHING;
    truths[1] = COLOURS.indexOf(actor.colour());
    truths[2] = KINDS.indexOf(actor.kind());
    truths[3] = cell(state.x(), CELLS);
    truths[4] = cell(state.y(), CELLS);
    truths[5] = cell(state.size() / LARGEST, SIZES);
  }

  private static int cell(double position, int cells) {
    return (int) Math.max(0, Math.min(cells - 1, position * cells));
  }
}
