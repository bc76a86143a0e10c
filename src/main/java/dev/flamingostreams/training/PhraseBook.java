package dev.flamingostreams.training;

import dev.flamingostreams.training.scenes.Colour;
import dev.flamingostreams.training.scenes.Kind;
import dev.flamingostreams.training.scenes.Scene;
import dev.flamingostreams.training.scenes.State;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The short texts that a single frame is matched with: its object's colour, kind, column, row and
 * size, and whether there is one. Texts of one slot exclude each other.
 */
final class PhraseBook {
  private static final int CELLS = 16;
  private static final int SIZES = 10;
  private static final double LARGEST = 0.5;

  /** A slot's texts are {@code from} (inclusive) to {@code to} (exclusive) of {@link #phrases}. */
  record Slot(String name, int from, int to) {}

  private final List<String> phrases = new ArrayList<>();
  private final List<Slot> slots = new ArrayList<>();
  private final Map<String, Integer> words = new LinkedHashMap<>();

  PhraseBook() {
    slot("presence", List.of("nothing", "something"));
    slot("colour", names(Colour.values()));
    slot("kind", names(Kind.values()));
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

  private static List<String> names(Enum<?>[] values) {
    return Arrays.stream(values).map(PhraseBook::text).toList();
  }

  private static String text(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
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

  /** The texts that are true of a frame, by slot; -1 where a slot says nothing. */
  int[] truths(Scene scene, State state) {
    int[] truths = new int[slots.size()];
    if (!state.visible()) {
      Arrays.fill(truths, -1);
      truths[0] = 0;
      return truths;
    }
    List<String> texts =
        List.of(
            "something",
            text(scene.colour()),
            text(scene.kind()),
            "column " + cell(state.x(), CELLS),
            "row " + cell(state.y(), CELLS),
            "size " + cell(state.size() / LARGEST, SIZES));
    for (int i = 0; i < truths.length; i++) {
      truths[i] = phrases.indexOf(texts.get(i));
    }
    return truths;
  }

  private static int cell(double position, int cells) {
    return (int) Math.max(0, Math.min(cells - 1, position * cells));
  }
}
