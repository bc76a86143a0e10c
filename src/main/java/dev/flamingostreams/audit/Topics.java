package dev.flamingostreams.audit;

import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * The topics of one topology and how far it has read, as they were at one moment. What was
 * committed was asked first, then the ends of what it writes, then of what it reads, so that
 * nothing is there that is not due.
 */
interface Topics {
  /** The first offset that retention has left, by partition. */
  Map<Integer, Long> beginnings(String topic);

  /** The next record of the input that the topology will read; partitions without are absent. */
  Map<Integer, Long> committed();

  /** Reads what is committed, each partition in its order. */
  void read(String topic, Consumer<ConsumerRecord<byte[], byte[]>> each);

  /** Whether a record was written after that moment: what it is of may be due only later. */
  boolean isNew(Place place);

  /** Whether an alert may belong to a caption that was written after that moment. */
  boolean isLate(ConsumerRecord<?, ?> alert);

  /** Lets a little time pass; then all but the end of the input is as it is at that moment. */
  void moveOn();
}
