package dev.flamingostreams.plugin;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.streams.processor.TimestampExtractor;

/** A record without a time must not end the stream, as it does with the default extractor. */
public final class AnyTimestamp implements TimestampExtractor {
  /** The time of a record, in milliseconds, as its topology sees it; 0 for one that has none. */
  public static long of(ConsumerRecord<?, ?> record) {
    return Math.max(0, record.timestamp());
  }

  @Override
  public long extract(ConsumerRecord<Object, Object> record, long partitionTime) {
    return of(record);
  }
}
