package dev.flamingostreams.captions;

import java.util.Map;

/**
 * How long the tasks of a thread may wait, all together, between two commits. They share one
 * transaction, which opens at the first write and must be committed before its time-out.
 */
final class Patience {
  private static final long TRANSACTION_MILLIS = 10_000; // what Kafka Streams sets

  private final ThreadLocal<Long> spentNanos = ThreadLocal.withInitial(() -> 0L);

  /** Nanoseconds left of {@code most}. */
  long left(long most) {
    return most - spentNanos.get();
  }

  void spend(long nanos) {
    spentNanos.set(spentNanos.get() + nanos);
  }

  void renew() {
    spentNanos.set(0L);
  }

  /** A third of the transaction time-out, in milliseconds. */
  static long thirdOfTransaction(Map<String, Object> config) {
    Object set =
        config.getOrDefault(
            "producer.transaction.timeout.ms", config.get("transaction.timeout.ms"));
    return (set == null ? TRANSACTION_MILLIS : Long.parseLong(set.toString().trim())) / 3;
  }
}
