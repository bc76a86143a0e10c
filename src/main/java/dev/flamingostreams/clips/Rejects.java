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
    forward(record, record.value(), headers(record, fault));
  }

  /** One image of a batch. */
  void image(Record<byte[], byte[]> record, Frame frame, String fault) {
    Headers headers = headers(record, fault);
    DeadLetter.set(headers, DeadLetter.CAPTURE_MICROS, Long.toString(frame.captureMicros()));
    forward(record, frame.image(), headers);
  }

  private void forward(Record<byte[], byte[]> record, byte @Nullable [] value, Headers headers) {
    context.forward(
        new Record<>(record.key(), value, Math.max(0, record.timestamp()), headers), deadLettersTo);
  }

  private Headers headers(Record<byte[], byte[]> record, String fault) {
    Headers headers = new RecordHeaders(record.headers());
    DeadLetter.sign(headers, "clips", "undecodable", fault);
    context
        .recordMetadata()
        .ifPresent(
            from ->
                DeadLetter.set(
                    headers,
                    DeadLetter.ORIGIN,
                    "%s-%d@%d".formatted(from.topic(), from.partition(), from.offset())));
    return headers;
  }
}
