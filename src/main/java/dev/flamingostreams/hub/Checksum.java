package dev.flamingostreams.hub;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;

/** The hash that a hub announces for a file: of a large file SHA-256, else git's own. */
public record Checksum(Kind kind, String hex) {

  public enum Kind {
    /** Of the content. */
    SHA256("SHA-256", 64),
    /** SHA-1 of {@code blob}, the length, a zero byte and the content. */
    GIT_BLOB("SHA-1", 40);

    private final String algorithm;
    private final int digits;

    Kind(String algorithm, int digits) {
      this.algorithm = algorithm;
      this.digits = digits;
    }
  }

  public Checksum {
    hex = hex.toLowerCase(Locale.ROOT);
    if (hex.length() != kind.digits || !hex.chars().allMatch(HexFormat::isHexDigit)) {
      throw new IllegalArgumentException("not a " + kind.algorithm);
    }
  }

  /** To be fed the content of a file of this many bytes. */
  MessageDigest digest(long size) {
    try {
      MessageDigest digest = MessageDigest.getInstance(kind.algorithm);
      if (kind == Kind.GIT_BLOB) {
        digest.update("blob %d\0".formatted(size).getBytes(US_ASCII));
      }
      return digest;
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has " + kind.algorithm, e);
    }
  }

  /** Whether the content that was fed has this hash; the digest starts anew. */
  boolean matches(MessageDigest fed) {
    return HexFormat.of().formatHex(fed.digest()).equals(hex);
  }
}
