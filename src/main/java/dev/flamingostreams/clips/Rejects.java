package dev.flamingostreams.clips;

import dev.flamingostreams.schema.DeadLetter;
import dev.flamingostreams.schema.Frame;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/** Forwards what cannot be decoded to the child that takes dead letters. */
final class Rejects {
  private final ProcessorContext<Object, Object> context;
  private final String deadLettersTo;

  Rejects(ProcessorContext<Object, Object> context, String deadLettersTo) {
    this.context = context;
    this.deadLettersTo = deadLettersTo;
  }

  /** A record that is not a frame batch, as it came. */
  void wholeRecord(Record<byte[], byte[]> record, String fault) {
    forward(record, record.value(), signed(new RecordHeaders(record.headers()), fault));
  }

  /**
   * One image of a batch, without the record's headers: a thousand copies of large ones are more
   * than a transaction can take.
   */
  void image(Record<byte[], byte[]> record, Frame frame, String fault) {
    Headers headers = signed(new RecordHeaders(), fault);
    DeadLetter.set(headers, DeadLetter.CAPTURE_MICROS, Long.toString(frame.captureMicros()));
    forward(record, frame.image(), headers);
  }

  private void forward(Record<byte[], byte[]> record, byte @Nullable [] value, Headers headers) {
    context.forward(
        new Record<>(record.key(), value, Math.max(0, record.timestamp()), headers), deadLettersTo);
  }

  private Headers signed(Headers headers, String fault) {
    DeadLetter.sign(headers, "clips", "undecodable", fault);
    context.recordMetadata().ifPresent(from -> DeadLetter.setOrigin(headers, from));
    return headers;
  }
}
