package dev.flamingostreams.captions;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.flamingostreams.schema.Clip;
import dev.flamingostreams.schema.JsonSerde;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A clip as it lies in the store, as JSON.
 *
 * @param sinceMillis when it became pending, by the wall clock
 * @param attempts how many processes have made it ready for the engine
 * @param process the last of them; if it is not this one, it has ended since
 * @param settled its caption or dead letter is out; only its frames are still in use
 * @param thinning decided with the first attempt
 * @param refusal if it is not to be described; its dead letter comes in its turn
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record PendingClip(
    Clip clip,
    long sinceMillis,
    int attempts,
    long process,
    boolean settled,
    @Nullable Thinning thinning,
    @Nullable Refusal refusal) {
  private static final JsonSerde<PendingClip> JSON = new JsonSerde<>(PendingClip.class);
  private static final JsonSerde<Clip> CLIP_JSON = new JsonSerde<>(Clip.class);

  static PendingClip of(Clip clip, long sinceMillis) {
    return new PendingClip(clip, sinceMillis, 0, 0, false, null, null);
  }

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
    return new PendingClip(
        clip, sinceMillis, again ? attempts : attempts + 1, byProcess, settled, thinning, refusal);
  }

  /** As if this process had not made it ready. */
  PendingClip withdrawn() {
    return new PendingClip(clip, sinceMillis, attempts - 1, process, settled, thinning, refusal);
  }

  PendingClip settle() {
    return new PendingClip(clip, sinceMillis, attempts, process, true, thinning, refusal);
  }

  PendingClip thin(@Nullable Thinning to) {
    return new PendingClip(clip, sinceMillis, attempts, process, settled, to, refusal);
  }

  PendingClip refuse(Refusal why) {
    return new PendingClip(clip, sinceMillis, attempts, process, settled, thinning, why);
  }

  /** How many processes have ended while they had this clip. */
  int deaths(long thisProcess) {
    return process == thisProcess ? attempts - 1 : attempts;
  }

  boolean isDecided() {
    return attempts > 0 || refusal != null;
  }

  /** Capture times of what the model sees. */
  List<Long> shown() {
    return thinning == null ? clip.frameMicros() : thinning.times(clip);
  }
}
