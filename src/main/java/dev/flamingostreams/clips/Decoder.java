package dev.flamingostreams.clips;

import dev.flamingostreams.schema.FrameBatch;

/** Reads the value of a record of topic frames. */
interface Decoder {
  /**
   * Reads a batch.
   *
   * @param timestampMillis of the record; the capture time of a bare image
   * @throws IllegalArgumentException if the value is no frame batch; the message says why
   */
  FrameBatch read(byte[] value, long timestampMillis);
}
