package dev.flamingostreams.training;

import dev.flamingostreams.training.scenes.Colour;
import dev.flamingostreams.training.scenes.Kind;
import dev.flamingostreams.training.scenes.Motion;
import dev.flamingostreams.training.scenes.SceneSampler;
import java.util.ArrayList;
import java.util.List;

/** All that can be said about the scenes. */
final class World {
  private final List<String> captions = new ArrayList<>();
  private final Vocabulary vocabulary;

  World() {
    SceneSampler sampler = new SceneSampler(0);
    for (Colour colour : Colour.values()) {
      for (Kind kind : Kind.values()) {
        for (Motion motion : Motion.values()) {
          captions.add(sampler.next(colour, kind, motion).caption());
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
