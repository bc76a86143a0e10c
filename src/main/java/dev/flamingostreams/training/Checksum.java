package dev.flamingostreams.training;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/** Of a text, then of the names and values of tensors in their order. */
final class Checksum {
  private final CRC32 crc = new CRC32();

  Checksum(String text) {
    crc.update(text.getBytes(StandardCharsets.UTF_8));
  }

  void add(String name, float... values) {
    ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * values.length);
    bytes.asFloatBuffer().put(values);
    crc.update(name.getBytes(StandardCharsets.UTF_8));
    crc.update(bytes);
  }

  /** Adds values of which each must be a number: nothing can be learnt from others. */
  void addFinite(String name, float[] values, Standing standing) {
    for (float value : values) {
      if (!Float.isFinite(value)) {
        throw new TrainingException(
            "stage %s, step %d: %s holds %s; the last good checkpoint is kept. %s"
                .formatted(standing.stage(), standing.step(), name, value, Divergence.ADVICE));
      }
    }
    add(name, values);
  }

  String value() {
    return Long.toHexString(crc.getValue());
  }
}
