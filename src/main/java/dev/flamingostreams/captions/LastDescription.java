package dev.flamingostreams.captions;

import dev.flamingostreams.engine.Signature;
import dev.flamingostreams.schema.Caption;
import dev.flamingostreams.schema.Clip;
import dev.flamingostreams.schema.JsonSerde;

/**
 * The last described clip of a stream as it lies in the store, as JSON.
 *
 * @param run of the clip
 * @param signature its bytes
 */
record LastDescription(Caption caption, long run, byte[] signature) {
  private static final JsonSerde<LastDescription> JSON = new JsonSerde<>(LastDescription.class);

  static LastDescription of(Clip clip, Caption caption, Signature signature) {
    return new LastDescription(caption, clip.run(), signature.toBytes());
  }

  static LastDescription read(byte[] json) {
    return JSON.deserializer().deserialize("of last descriptions", json);
  }

  byte[] write() {
    return JSON.serializer().serialize("", this);
  }
}
