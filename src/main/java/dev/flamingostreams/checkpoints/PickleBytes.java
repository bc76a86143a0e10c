package dev.flamingostreams.checkpoints;

import static java.nio.ByteOrder.BIG_ENDIAN;
import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.math.BigInteger;
import java.nio.ByteBuffer;

/**
 * The opcodes of a pickle and their arguments. No length in it is believed before it is checked.
 */
final class PickleBytes {
  private static final int MAX_LINE = 1000;

  private final ByteBuffer bytes;

  PickleBytes(ByteBuffer bytes) {
    this.bytes = bytes.order(LITTLE_ENDIAN);
  }

  int unsigned8() {
    return Byte.toUnsignedInt(need(1).get());
  }

  int unsigned16() {
    return Short.toUnsignedInt(need(2).getShort());
  }

  int signed32() {
    return need(4).getInt();
  }

  long unsigned32() {
    return Integer.toUnsignedLong(signed32());
  }

  /** Negative if it is 2^63 or more. */
  long unsigned64() {
    return need(8).getLong();
  }

  double float64() {
    double value = need(8).order(BIG_ENDIAN).getDouble();
    bytes.order(LITTLE_ENDIAN);
    return value;
  }

  /** A {@link Long}, or a {@link BigInteger} if it is larger than that. */
  Number integer(int length) {
    byte[] digits = take(length);
    byte[] bigEndian = new byte[length + 1];
    for (int i = 0; i < length; i++) {
      bigEndian[length - i] = digits[i];
    }
    bigEndian[0] = (byte) (length > 0 && digits[length - 1] < 0 ? -1 : 0);
    BigInteger value = new BigInteger(bigEndian);
    return value.bitLength() < Long.SIZE ? (Number) value.longValue() : value;
  }

  String text(long length) {
    return new String(take(length), UTF_8);
  }

  byte[] take(long length) {
    need(length);
    byte[] taken = new byte[(int) length];
    bytes.get(taken);
    return taken;
  }

  /** What is left of a line. */
  String line() {
    int start = bytes.position();
    while (unsigned8() != '\n') {
      if (bytes.position() - start > MAX_LINE) {
        throw new TorchFormatException(
            "the pickle has a line of more than %d bytes".formatted(MAX_LINE));
      }
    }
    int length = bytes.position() - start - 1;
    byte[] line = new byte[length];
    bytes.get(start, line);
    return new String(line, UTF_8);
  }

  private ByteBuffer need(long length) {
    if (length < 0 || length > bytes.remaining()) {
      throw new TorchFormatException(
          "the pickle wants %s bytes at byte %d, where %d are left"
              .formatted(Long.toUnsignedString(length), bytes.position(), bytes.remaining()));
    }
    return bytes;
  }
}
