package dev.flamingostreams.engine;

import java.util.List;

/**
 * What a model sees of a clip.
 *
 * @param images encoded images (JPEG or PNG) in order of capture, 1 to 30
 * @param captureMicros one time for each image, strictly increasing, in microseconds
 */
public record ClipInput(List<byte[]> images, long[] captureMicros) {
  public static final int MAX_FRAMES = 30;

  public ClipInput {
    images = List.copyOf(images);
    if (images.isEmpty() || images.size() > MAX_FRAMES || images.size() != captureMicros.length) {
      throw new IllegalArgumentException(
          "a clip has 1 to %d frames with a time each, not %d frames and %d times"
              .formatted(MAX_FRAMES, images.size(), captureMicros.length));
    }
    for (int i = 1; i < captureMicros.length; i++) {
      if (captureMicros[i] <= captureMicros[i - 1]) {
        throw new IllegalArgumentException("capture times must increase, frame " + i + " does not");
      }
    }
  }
}
