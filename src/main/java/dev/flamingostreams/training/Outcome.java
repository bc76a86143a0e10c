package dev.flamingostreams.training;

import dev.flamingostreams.engine.Description;
import dev.flamingostreams.training.scenes.Scene;
import org.jspecify.annotations.Nullable;

/**
 * What a model said of a scene.
 *
 * @param frames that it saw
 * @param description null if it failed
 */
record Outcome(Scene scene, int frames, @Nullable Description description) {

  boolean isExact() {
    return text().equals(scene.caption());
  }

  boolean hasColour() {
    return word(1).equals(scene.actors().get(0).colour().word());
  }

  boolean hasKind() {
    return word(2).equals(scene.actors().get(0).kind().word());
  }

  boolean hasMotion() {
    String[] words = words(4);
    return words.length == 4 && words[3].equals(scene.actors().get(0).motion().words());
  }

  private String word(int index) {
    String[] words = words(4);
    return index < words.length ? words[index] : "";
  }

  /** Article, colour, kind and the words of the motion. */
  private String[] words(int most) {
    return text().split(" ", most);
  }

  private String text() {
    return description == null ? "" : description.text();
  }
}
