package dev.flamingostreams.training.evaluation;

import dev.flamingostreams.training.scenes.Scene;
import java.io.IOException;
import java.util.List;

/** Makes videos of scenes. */
@FunctionalInterface
interface SceneFilm {

  /**
   * The frames of a scene, evenly spread over it.
   *
   * @param height in pixels
   */
  List<Shot> film(Scene scene, int height) throws IOException;
}
