package dev.flamingostreams.training.evaluation;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.List;

/** The way of rendered frames to the model: through a video codec, as those of a camera. */
@FunctionalInterface
public interface VideoPath {

  /** Encodes and decodes a video; as many frames come back, in order of time. */
  List<Shot> film(List<BufferedImage> frames, double framesPerSecond) throws IOException;
}
