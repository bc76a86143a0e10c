package dev.flamingostreams.clips;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The part of {@link ClipRules} that decides which clips a stream is cut into, in microseconds. It
 * is stored with a stream's windows, so that they are closed by the rules they were opened under.
 */
record Cut(long length, long hop, int samples, int minFrames, long grace, long gap, boolean epoch) {
  static final int BYTES = 4 * Long.BYTES + 2 * Integer.BYTES + 1;

  static Cut of(ClipRules rules) {
    return new Cut(
        ClipRules.micros(rules.length()),
        ClipRules.micros(rules.hop()),
        rules.samples(),
        rules.minFrames(),
        ClipRules.micros(rules.grace()),
        ClipRules.micros(rules.sessionGap()),
        rules.align() == ClipRules.Align.EPOCH);
  }

  static Cut read(ByteBuffer in) {
    return new Cut(
        in.getLong(),
        in.getLong(),
        in.getInt(),
        in.getInt(),
        in.getLong(),
        in.getLong(),
        in.get() != 0);
  }

  void write(ByteBuffer out) {
    out.putLong(length).putLong(hop).putInt(samples).putInt(minFrames);
    out.putLong(grace).putLong(gap).put((byte) (epoch ? 1 : 0));
  }

  /** Start of the first window of a session whose smallest capture time is {@code anchor}. */
  long firstStart(long anchor) {
    return epoch ? (Math.floorDiv(anchor - length, hop) + 1) * hop : anchor;
  }

  /** Start of the first window from {@code start} on, by hops, that ends after {@code micros}. */
  long skip(long start, long micros) {
    long behind = micros - (start + length) + 1;
    return behind <= 0 ? start : start - Math.floorDiv(-behind, hop) * hop;
  }

  /** First 8 hexadecimal digits of a SHA-256 of the rules. */
  String hash() {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes());
      return HexFormat.of().formatHex(digest, 0, 4);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private byte[] bytes() {
    ByteBuffer out = ByteBuffer.allocate(BYTES);
    write(out);
    return out.array();
  }
}
