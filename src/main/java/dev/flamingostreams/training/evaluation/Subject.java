package dev.flamingostreams.training.evaluation;

import dev.flamingostreams.training.scenes.Actor;
import dev.flamingostreams.training.scenes.Scene;
import org.jspecify.annotations.Nullable;

/**
 * What a clip shows.
 *
 * @param label sort of noise, name of a recording; else empty
 * @param number of its group, from 0
 * @param scene null if it is none
 */
record Subject(Group group, String label, int number, @Nullable Scene scene) {

  /** Whether all objects do what training has shown. */
  boolean isSeen() {
    return scene != null
        && scene.actors().stream().noneMatch(actor -> actor.combination().heldOut());
  }

  /** Of the smallest object, the longer side as a fraction of the frame's height. */
  double size() {
    return scene == null ? 0 : scene.actors().stream().mapToDouble(Actor::fullSize).min().orElse(0);
  }
}
