package dev.flamingostreams.captions;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.flamingostreams.schema.Clip;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * A clip as it lies in the store, as JSON.
 *
 * @param attempts how often it was made ready for the engine
 * @param process which process did so last; if another one, that one has ended since
 * @param settled its caption or dead letter is out; only its frames are still in use
 */
record PendingClip(Clip clip, int attempts, long process, boolean settled) {
  private static final ObjectMapper JSON =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  static PendingClip read(byte[] json) {
    try {
      return JSON.readValue(json, PendingClip.class);
    } catch (IOException e) {
      throw new UncheckedIOException("a pending clip in the store cannot be read", e);
    }
  }

  byte[] write() {
    return json(this);
  }

  /** The clip alone, as the value of a dead letter. */
  byte[] clipAsJson() {
    return json(clip);
  }

  PendingClip attempted(long byProcess) {
    return new PendingClip(clip, attempts + 1, byProcess, settled);
  }

  PendingClip settle() {
    return new PendingClip(clip, attempts, process, true);
  }

  /** How many processes have ended while they had this clip. */
  int deaths(long thisProcess) {
    return process == thisProcess ? attempts - 1 : attempts;
  }

  private static byte[] json(Object value) {
    try {
      return JSON.writeValueAsBytes(value);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
