package dev.flamingostreams.engine;

import dev.flamingostreams.checkpoints.HalfFloats;
import java.nio.Buffer;
import java.nio.FloatBuffer;
import java.nio.ShortBuffer;

/** Features of frames as a vision graph gives them: floats, or half floats, which stay so. */
final class Features {
  private Features() {}

  /** Room for so many, of the kind that {@code like} is. */
  static Buffer room(Buffer like, int count) {
    return like instanceof ShortBuffer ? ShortBuffer.allocate(count) : FloatBuffer.allocate(count);
  }

  /** Puts what is left in {@code from} into {@code to}, whose position moves. */
  static void put(Buffer to, Buffer from) {
    if (to instanceof ShortBuffer halves) {
      halves.put(((ShortBuffer) from).duplicate());
    } else {
      ((FloatBuffer) to).put(((FloatBuffer) from).duplicate());
    }
  }

  static Buffer copy(Buffer from, int start, int count) {
    Buffer copy = room(from, count);
    put(copy, from.slice(start, count));
    return copy.flip();
  }

  /** Fills {@code target} with the values from {@code start}. */
  static void read(Buffer from, int start, float[] target) {
    if (from instanceof ShortBuffer halves) {
      for (int i = 0; i < target.length; i++) {
        target[i] = HalfFloats.fromHalf(halves.get(start + i));
      }
    } else {
      ((FloatBuffer) from).get(start, target);
    }
  }

  static long bytes(Buffer features) {
    int each = features instanceof ShortBuffer ? Short.BYTES : Float.BYTES;
    return (long) each * features.capacity();
  }
}
