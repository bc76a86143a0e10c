package dev.flamingostreams.engine;

import java.nio.ByteBuffer;

/** The first 128 bits of the SHA-256 of an encoded image. */
record FrameKey(long high, long low) {

  static FrameKey of(byte[] image) {
    ByteBuffer digest = ByteBuffer.wrap(Digests.sha256().digest(image));
    return new FrameKey(digest.getLong(), digest.getLong());
  }
}
