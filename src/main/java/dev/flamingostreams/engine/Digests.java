package dev.flamingostreams.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.stream.Stream;

final class Digests {
  static final int ID_DIGITS = 12;

  private Digests() {}

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /** SHA-256, hexadecimal. */
  static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(sha256().digest(bytes));
  }

  /** First 12 hexadecimal digits of a SHA-256 of the parts. */
  static String id(Stream<String> parts) {
    MessageDigest digest = sha256();
    parts.forEach(
        part -> {
          byte[] text = part.getBytes(UTF_8);
          digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(text.length).flip());
          digest.update(text);
        });
    return HexFormat.of().formatHex(digest.digest()).substring(0, ID_DIGITS);
  }
}
