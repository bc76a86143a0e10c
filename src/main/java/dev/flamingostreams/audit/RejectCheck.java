package dev.flamingostreams.audit;

import dev.flamingostreams.plugin.TopologyFile;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** Every frame or record that cannot be decoded against the dead letters that are there. */
final class RejectCheck {
  private static final Pattern ORIGIN = Pattern.compile("(.+)-(\\d{1,9})@(\\d{1,18})");

  private final TopologyFile file;
  private final Expected expected;
  private final Predicate<Place> isNew;
  private final Kept letters;
  private final Count count;
  private final Map<DueReject, Integer> found = new HashMap<>();

  RejectCheck(
      TopologyFile file,
      Expected expected,
      Predicate<Place> isNew,
      Kept letters,
      Findings findings) {
    this.file = file;
    this.expected = expected;
    this.isNew = isNew;
    this.letters = letters;
    count = new Count("dead letters of frames", findings);
  }

  /**
   * @param captureMicros of an image, empty for a record
   */
  void letter(ConsumerRecord<byte[], byte[]> record, String origin, String captureMicros) {
    Matcher from = ORIGIN.matcher(origin);
    if (!from.matches()
        || !from.group(1).equals(file.input().topic())
        || !file.input().streams().takes(record.key())) {
      return; // of another topology
    }
    @Nullable DueReject due = expected.reject(origin, captureMicros);
    if (due == null) {
      notDue(Integer.parseInt(from.group(2)), Long.parseLong(from.group(3)), record);
    } else if (found.merge(due, 1, Integer::sum) > due.times) {
      count.doubled("%s at %s".formatted(due, Place.of(record)));
    }
  }

  /** Whether a whole record must have a dead letter. */
  boolean isDue(String origin) {
    return expected.reject(origin, "") != null;
  }

  Tally tally(Predicate<Place> isUnread) {
    for (DueReject due : expected.rejects()) {
      int there = Math.min(found.getOrDefault(due, 0), due.times);
      int absent = due.times - there;
      count.due(due.times);
      count.found(there);
      if (absent > 0 && isUnread.test(due.at)) {
        count.unread(absent);
      } else if (absent > 0 && !letters.has(due.atMillis)) {
        count.unchecked(absent);
      } else if (absent > 0) {
        count.missing(absent, due);
      }
    }
    return count.tally();
  }

  private void notDue(int partition, long offset, ConsumerRecord<?, ?> record) {
    if (expected.isGone(partition, offset)) {
      count.unchecked(1);
    } else if (!isNew.test(Place.of(record))) {
      count.unexpected(
          "%s-%d@%d at %s".formatted(file.input().topic(), partition, offset, Place.of(record)));
    }
  }
}
