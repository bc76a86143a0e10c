package dev.flamingostreams.faults;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** Images that nobody decodes, and some that the default model knows. */
final class Pictures {
  /** What is not longer is no image. */
  static final int NO_IMAGE = 16;

  private Pictures() {}

  /** The header of a JPEG of 16×16 pixels, no two alike. */
  static byte[] cheap(String stream, long micros) {
    return sized(stream, micros, 256);
  }

  /** The same of so many bytes. */
  static byte[] sized(String stream, long micros, int bytes) {
    byte[] image = new byte[bytes];
    Arrays.fill(image, (byte) micros);
    byte[] name = (stream + "@" + micros).getBytes(UTF_8);
    ByteBuffer out = ByteBuffer.wrap(image);
    out.putShort((short) 0xFFD8);
    out.putShort((short) 0xFFFE).putShort((short) (2 + name.length)).put(name);
    out.putShort((short) 0xFFC0).putShort((short) 11).put((byte) 8);
    out.putShort((short) 16).putShort((short) 16).put(new byte[] {1, 1, 17, 0});
    return image;
  }
}
