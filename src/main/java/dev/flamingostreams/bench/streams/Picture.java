package dev.flamingostreams.bench.streams;

import java.nio.ByteBuffer;
import java.util.Random;

/**
 * A JPEG that can be had again and again with other bytes and the same pixels: comments make it
 * another image to everything that knows images by their bytes.
 */
final class Picture {
  private static final int AFTER_START = 2; // FF D8
  private static final short COMMENT = (short) 0xFFFE;
  private static final int COMMENT_HEAD = 4;
  private static final int MOST_COMMENT = 0xFFFF + 2;

  private final byte[] jpeg;

  Picture(byte[] jpeg) {
    this.jpeg = jpeg;
  }

  /** With a comment that holds a number. */
  byte[] numbered(long number) {
    ByteBuffer out = ByteBuffer.allocate(jpeg.length + COMMENT_HEAD + Long.BYTES);
    out.put(jpeg, 0, AFTER_START);
    comment(out, Long.BYTES).putLong(number);
    return out.put(jpeg, AFTER_START, jpeg.length - AFTER_START).array();
  }

  /** With comments of noise, of just that size; only if that is larger by a comment's head. */
  byte[] padded(int bytes, Random random) {
    ByteBuffer out = ByteBuffer.allocate(bytes);
    out.put(jpeg, 0, AFTER_START);
    int left = bytes - jpeg.length;
    while (left > 0) {
      // what is left over must hold a head
      int size = left <= MOST_COMMENT ? left : Math.min(MOST_COMMENT, left - COMMENT_HEAD);
      byte[] noise = new byte[size - COMMENT_HEAD];
      random.nextBytes(noise);
      comment(out, noise.length).put(noise);
      left -= size;
    }
    return out.put(jpeg, AFTER_START, jpeg.length - AFTER_START).array();
  }

  // Marker, length with itself, text.
  private static ByteBuffer comment(ByteBuffer out, int bytes) {
    return out.putShort(COMMENT).putShort((short) (bytes + 2));
  }
}
