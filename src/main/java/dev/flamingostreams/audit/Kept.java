package dev.flamingostreams.audit;

import dev.flamingostreams.plugin.AnyTimestamp;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** What retention has left of a topic, by the first record of each partition that lost some. */
final class Kept {
  private final Map<Integer, Long> fromMillis = new HashMap<>();

  /**
   * @param beginnings first offset of each partition
   */
  Kept(Map<Integer, Long> beginnings) {
    beginnings.forEach(
        (partition, first) -> {
          if (first > 0) {
            fromMillis.put(partition, Long.MAX_VALUE);
          }
        });
  }

  void read(ConsumerRecord<?, ?> record) {
    fromMillis.computeIfPresent(
        record.partition(), (partition, first) -> Math.min(first, AnyTimestamp.of(record)));
  }

  boolean isWhole() {
    return fromMillis.isEmpty();
  }

  boolean isWhole(int partition) {
    return !fromMillis.containsKey(partition);
  }

  /** Whether a record of that time would be there, in whichever partition it was. */
  boolean has(long millis) {
    return fromMillis.values().stream().allMatch(first -> first <= millis);
  }
}
