package dev.flamingostreams.captions;

import dev.flamingostreams.schema.Clip;
import dev.flamingostreams.schema.JsonSerde;

/**
 * A clip as it lies in the store, as JSON.
 *
 * @param attempts how many processes have made it ready for the engine
 * @param process the last of them; if it is not this one, it has ended since
 * @param settled its caption or dead letter is out; only its frames are still in use
 */
record PendingClip(Clip clip, int attempts, long process, boolean settled) {
  private static final JsonSerde<PendingClip> JSON = new JsonSerde<>(PendingClip.class);
  private static final JsonSerde<Clip> CLIP_JSON = new JsonSerde<>(Clip.class);

  static PendingClip read(byte[] json) {
    return JSON.deserializer().deserialize("of pending clips", json);
  }

  byte[] write() {
    return JSON.serializer().serialize("", this);
  }

  /** The clip alone, as the value of a dead letter. */
  byte[] clipAsJson() {
    return CLIP_JSON.serializer().serialize("", clip);
  }

  PendingClip attempted(long byProcess) {
    boolean again = attempts > 0 && process == byProcess;
    return new PendingClip(clip, again ? attempts : attempts + 1, byProcess, settled);
  }

  PendingClip settle() {
    return new PendingClip(clip, attempts, process, true);
  }

  /** How many processes have ended while they had this clip. */
  int deaths(long thisProcess) {
    return process == thisProcess ? attempts - 1 : attempts;
  }
}
