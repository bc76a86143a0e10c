package dev.flamingostreams.audit;

import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Where a record lies. */
record Place(String topic, int partition, long offset) {
  static Place of(ConsumerRecord<?, ?> record) {
    return new Place(record.topic(), record.partition(), record.offset());
  }

  /** As in the header of dead letters. */
  @Override
  public String toString() {
    return topic + "-" + partition + "@" + offset;
  }
}
