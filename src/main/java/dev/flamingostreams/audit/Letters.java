package dev.flamingostreams.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.flamingostreams.plugin.SizeLimit;
import dev.flamingostreams.schema.Clip;
import dev.flamingostreams.schema.DeadLetter;
import dev.flamingostreams.schema.JsonSerde;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.SerializationException;

/** Sorts dead letters into those of clips and those of frames, by their headers. */
final class Letters {
  private static final JsonSerde<Clip> CLIP = new JsonSerde<>(Clip.class);

  private final Kept kept;
  private final ClipCheck clips;
  private final RejectCheck rejects;

  Letters(Kept kept, ClipCheck clips, RejectCheck rejects) {
    this.kept = kept;
    this.clips = clips;
    this.rejects = rejects;
  }

  void read(ConsumerRecord<byte[], byte[]> record) {
    kept.read(record);
    String clip = header(record, DeadLetter.CLIP);
    String stream = record.key() == null ? "" : new String(record.key(), UTF_8);
    if (!clip.isEmpty()) {
      String reason = header(record, DeadLetter.REASON);
      clips.letter(record, stream, clip, reason, frames(record));
    } else {
      String origin = header(record, DeadLetter.ORIGIN);
      if (isHosts(record, origin)) {
        clips.hasDiverged(stream);
      } else {
        rejects.letter(record, origin, header(record, DeadLetter.CAPTURE_MICROS));
      }
    }
  }

  /** Whether a record was too large for what a host may send, which only the host knows. */
  private boolean isHosts(ConsumerRecord<?, ?> record, String origin) {
    return header(record, DeadLetter.REASON).equals(SizeLimit.REASON) && !rejects.isDue(origin);
  }

  private static List<Long> frames(ConsumerRecord<byte[], byte[]> record) {
    try {
      Clip clip = CLIP.deserializer().deserialize(record.topic(), record.value());
      return clip == null || clip.frameMicros() == null ? List.of() : clip.frameMicros();
    } catch (SerializationException e) {
      return List.of(); // only frames that exist can excuse a clip that is not due
    }
  }

  private static String header(ConsumerRecord<?, ?> record, String name) {
    return DeadLetter.get(record.headers(), name, "");
  }
}
