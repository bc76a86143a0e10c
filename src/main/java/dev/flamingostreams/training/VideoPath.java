package dev.flamingostreams.training;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.List;

/** The way of rendered frames to the model: through a video codec, as those of a camera. */
@FunctionalInterface
public interface VideoPath {
  /**
   * A decoded frame.
   *
   * @param image encoded as JPEG or PNG
   * @param captureMicros time in the video in microseconds
   */
  record Shot(byte[] image, long captureMicros) {}

  /** Encodes and decodes a video; as many frames come back, in order of time. */
  List<Shot> film(List<BufferedImage> frames, double framesPerSecond) throws IOException;
}
