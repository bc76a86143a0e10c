package dev.flamingostreams.faults;

import dev.flamingostreams.schema.Frame;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongFunction;

/** Scenes over and over, yet no image twice: each ends with its time, which no decoder reads. */
final class Loop implements LongFunction<byte[]> {
  private static final int SCENES = 8;
  private static final int FRAMES = 16;
  private static final long MICROS = 4_000_000L * SCENES;

  private final List<Frame> frames;

  Loop(String seed) {
    frames = Recording.of(seed, SCENES, FRAMES).frames();
  }

  @Override
  public byte[] apply(long micros) {
    int index = (int) (Math.floorMod(micros, MICROS) * frames.size() / MICROS);
    byte[] image = frames.get(index).image();
    byte[] unique = Arrays.copyOf(image, image.length + Long.BYTES);
    ByteBuffer.wrap(unique).putLong(image.length, micros);
    return unique;
  }
}
