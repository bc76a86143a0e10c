package dev.flamingostreams.dashboard;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flamingostreams.dashboard.Update.Cursor;
import dev.flamingostreams.schema.DeadLetter;
import dev.flamingostreams.schema.Frame;
import dev.flamingostreams.schema.FrameBatch;
import dev.flamingostreams.schema.FrameBatches;
import dev.flamingostreams.schema.Topic;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TopicReaderTest {
  private static final byte[] BATCH =
      FrameBatches.write(FrameBatch.of(List.of(new Frame(5, new byte[] {1}))));

  private final Board board = new Board(List.of("town"), 1 << 20, Clock.systemUTC());
  private final Accounts accounts = new Accounts(Map.of());
  private final TopicReader reader =
      new TopicReader(
          List.of(watched("town", "alerts"), watched("village", null)), board, accounts);

  @Test
  void everyTopicIsReadOnce() {
    assertThat(reader.topics())
        .containsExactlyInAnyOrder("frames", "captions", "alerts", "dead-letters");
  }

  @Test
  void framesOfStreamsThatNoTopologyTakesAreNotShown() {
    reader.read(record("frames", "gate-1", BATCH));
    reader.read(record("frames", "other", BATCH));

    assertThat(board.since(Cursor.NONE).cameras())
        .extracting(CameraView::name)
        .containsExactly("gate-1");
    assertThat(accounts.view().read()).containsExactly(new Accounts.Count("frames", 2));
  }

  @Test
  void aCaptionNamesTheTopologiesThatMayHaveWrittenIt() {
    byte[] caption =
        Topic.captions("captions")
            .valueSerde()
            .serializer()
            .serialize("captions", Town.caption("gate-1", 0, "a car", 0));
    reader.read(record("captions", "gate-1", caption));

    assertThat(board.since(Cursor.NONE).captions())
        .extracting(CaptionView::source)
        .containsExactly("town, village");
  }

  @Test
  void whatCannotBeReadIsCounted() {
    reader.read(record("frames", "gate-1", new byte[] {9}));
    reader.read(record("captions", "gate-1", "{\"stream\":".getBytes(UTF_8)));
    reader.read(record("captions", "gate-1", "{}".getBytes(UTF_8)));
    reader.read(record("alerts", "gate-1", "{\"stream\":\"a\"}".getBytes(UTF_8)));
    reader.read(record("captions", "gate-1", new byte[0]));

    assertThat(accounts.view().read()).contains(new Accounts.Count("unreadable records", 5));
    assertThat(board.since(Cursor.NONE).captions()).isEmpty();
  }

  @Test
  void deadLettersAreCountedByReasonButNotByAnyNumberOfThem() {
    for (int i = 0; i < 2 * Accounts.MOST_REASONS; i++) {
      ConsumerRecord<byte[], byte[]> letter = record("dead-letters", "gate-1", new byte[0]);
      DeadLetter.sign(letter.headers(), "clips", "reason " + i, "");
      reader.read(letter);
    }

    assertThat(accounts.view().deadLetters())
        .hasSize(Accounts.MOST_REASONS + 1)
        .contains(new Accounts.Count("other", Accounts.MOST_REASONS));
  }

  private static Watched watched(String name, @Nullable String alerts) {
    return new Watched(
        name, "frames", stream -> stream.startsWith("gate"), "captions", alerts, "dead-letters");
  }

  private static ConsumerRecord<byte[], byte[]> record(String topic, String key, byte[] value) {
    return new ConsumerRecord<>(topic, 0, 0, key.getBytes(UTF_8), value);
  }
}
