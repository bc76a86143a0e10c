package dev.flamingostreams.training;

import dev.flamingostreams.training.scenes.Colour;
import dev.flamingostreams.training.scenes.Kind;
import dev.flamingostreams.training.scenes.Motion;
import dev.flamingostreams.training.scenes.Scene;
import java.util.ArrayList;
import java.util.List;

/** All that can be said about the scenes. */
final class World {
  private final List<String> captions = new ArrayList<>();
  private final Vocabulary vocabulary;

  World() {
    captions.add(Scene.NOTHING_KNOWN + " while");
    for (Colour colour : Colour.values()) {
      for (Kind kind : Kind.values()) {
        for (Motion motion : Motion.values()) {
          captions.add(colour.word() + " " + kind.word() + " " + motion.words());
        }
      }
    }
    vocabulary = new Vocabulary(captions);
  }

  List<String> captions() {
    return captions;
  }

  Vocabulary vocabulary() {
    return vocabulary;
  }
}
