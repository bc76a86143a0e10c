package dev.flamingostreams.conversion;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The SHA-256 of a tensor's shape and values. */
final class Fingerprint {
  private static final int CHUNK = 1 << 14;

  private Fingerprint() {}

  static byte[] of(Sources.Origin origin) {
    float[] values = origin.read();
    MessageDigest digest = sha256();
    digest.update(origin.tensor().shape().toString().getBytes(UTF_8));
    ByteBuffer chunk = ByteBuffer.allocate(CHUNK * Float.BYTES);
    for (int at = 0; at < values.length; at += CHUNK) {
      int count = Math.min(CHUNK, values.length - at);
      chunk.asFloatBuffer().put(values, at, count);
      digest.update(chunk.array(), 0, count * Float.BYTES);
    }
    return digest.digest();
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
