package dev.flamingostreams.frames;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.flamingostreams.schema.Frame;
import dev.flamingostreams.schema.FrameBatch;
import dev.flamingostreams.schema.FrameBatches;
import dev.flamingostreams.schema.MalformedRecordException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IngestTest {
  private static final Sampling FIVE = Sampling.DEFAULT.withRate(5);

  @TempDir Path folder;

  private final MockProducer<String, byte[]> producer =
      new MockProducer<>(true, null, new StringSerializer(), new ByteArraySerializer());

  @Test
  void aFileBecomesItsFramesAndAnEndMarker() throws Exception {
    Camera camera = camera("street", 3_000_000);
    List<Outcome> outcomes = ingest(stream -> Tail.NONE, camera);
    assertThat(outcomes).hasSize(1);
    assertThat(outcomes.get(0).error()).isNull();
    assertThat(outcomes.get(0).frames()).isEqualTo(10);
    assertThat(captured("street"))
        .containsExactly(
            3_000_000L,
            3_200_000L,
            3_400_000L,
            3_600_000L,
            3_800_000L,
            4_000_000L,
            4_200_000L,
            4_400_000L,
            4_600_000L,
            4_800_000L);
    assertThat(last("street")).isEqualTo(FrameBatch.end());
  }

  @Test
  void oneBadCameraDoesNotStopTheRest() throws Exception {
    Camera bad = Camera.of("bad", folder.resolve("gone.mp4").toString());
    List<Outcome> outcomes = ingest(stream -> Tail.NONE, camera("a", 0), bad, camera("b", 0));
    assertThat(outcomes).extracting(Outcome::frames).containsExactly(10L, 0L, 10L);
    assertThat(outcomes.get(1).error()).contains("gone.mp4 does not exist");
    assertThat(captured("a")).hasSize(10).isEqualTo(captured("b"));
    assertThat(batches("bad")).isEmpty();
  }

  @Test
  void aCameraWhoseThreadFailsIsToldAndDoesNotStopTheRest() throws Exception {
    IngestProgress failing =
        new IngestProgress() {
          @Override
          public void opened(Camera camera, OptionalLong durationMicros) {
            if (camera.id().equals("a")) {
              throw new IllegalStateException("no memory");
            }
          }
        };
    try (Ingest ingest = new Ingest(producer, "server:9092", "frames", stream -> Tail.NONE)) {
      List<Outcome> outcomes = ingest.run(List.of(camera("a", 0), camera("b", 0)), failing);
      assertThat(outcomes.get(0).error())
          .isEqualTo("unexpected java.lang.IllegalStateException: no memory");
      assertThat(outcomes.get(0).cause()).isInstanceOf(IllegalStateException.class);
      assertThat(outcomes.get(1).frames()).isEqualTo(10);
    }
  }

  @Test
  void anIngestGoesOnAfterTheLastFrameOfItsStream() throws Exception {
    Tail tail = new Tail(OptionalLong.of(1_200_000), false);
    ingest(stream -> tail, camera("street", 0));
    assertThat(captured("street")).containsExactly(1_400_000L, 1_600_000L, 1_800_000L);
    assertThat(last("street")).isEqualTo(FrameBatch.end());
  }

  @Test
  void aStreamThatHasEndedIsNotSentAgain() throws Exception {
    Tail tail = new Tail(OptionalLong.of(1_800_000), true);
    assertThat(ingest(stream -> tail, camera("street", 0)).get(0).frames()).isZero();
    assertThat(producer.history()).isEmpty();
  }

  @Test
  void aFileInRealTimeSendsTheSameFrames() throws Exception {
    Camera fast = camera("street", 0);
    ingest(stream -> Tail.NONE, new Camera("street", fast.source(), fast.sampling(), 0, true));
    assertThat(captured("street")).hasSize(10).startsWith(0L, 200_000L);
    assertThat(batches("street")).hasSizeGreaterThan(2);
  }

  @Test
  void aFileThatIsALiveCameraPlaysAgainAndAgainByTheWallClock() throws Exception {
    Camera once = camera("street", 0);
    Camera live = new Camera("street", once.source(), once.sampling(), 0, false, true);
    long before = System.currentTimeMillis() * 1_000;
    Thread ingest = new Thread(() -> sendUntilInterrupted(live));
    ingest.start();
    while (captured("street").size() < 15) { // it holds 10
      Thread.onSpinWait();
    }
    ingest.interrupt();
    ingest.join();
    assertThat(captured("street")).isSorted().doesNotHaveDuplicates();
    assertThat(captured("street").get(0)).isGreaterThanOrEqualTo(before);
    assertThat(batches("street")).doesNotContain(FrameBatch.end());
  }

  @Test
  void anHttpCameraThatIsDownAtFirstIsTriedAgain() throws Exception {
    Camera down = new Camera("street", "http://127.0.0.1:1/live", FIVE, 0, false, true);
    CompletableFuture<String> told = new CompletableFuture<>();
    IngestProgress progress =
        new IngestProgress() {
          @Override
          public void note(Camera camera, String line) {
            told.complete(line);
          }
        };
    Thread ingest = new Thread(() -> sendUntilInterrupted(down, progress));
    ingest.start();
    assertThat(told.get(1, TimeUnit.MINUTES)).contains("127.0.0.1:1", "connects again in 1 s");
    ingest.interrupt();
    ingest.join();
  }

  private void sendUntilInterrupted(Camera camera) {
    sendUntilInterrupted(camera, IngestProgress.SILENT);
  }

  private void sendUntilInterrupted(Camera camera, IngestProgress progress) {
    try {
      ingest(stream -> Tail.NONE, progress, camera);
    } catch (BrokerException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void whatTheBrokerRefusesIsTheOutcome() throws Exception {
    producer.sendException = new RecordTooLargeException("too large");
    assertThat(ingest(stream -> Tail.NONE, camera("street", 0)).get(0).error())
        .contains("topic 'frames' at server:9092", "raise its max.message.bytes");
  }

  @Test
  void aCameraWhosePicturesAreTooLargeDoesNotStopTheRest() throws Exception {
    Producer<String, byte[]> small =
        new MockProducer<>(true, null, new StringSerializer(), new ByteArraySerializer()) {
          @Override
          public synchronized Future<RecordMetadata> send(
              ProducerRecord<String, byte[]> batch, Callback callback) {
            if (batch.key().equals("large")) {
              throw new RecordTooLargeException("too large");
            }
            return super.send(batch, callback);
          }
        };
    try (Ingest ingest = new Ingest(small, "server:9092", "frames", stream -> Tail.NONE)) {
      List<Outcome> outcomes =
          ingest.run(List.of(camera("large", 0), camera("b", 0)), IngestProgress.SILENT);
      assertThat(outcomes.get(0).error()).contains("max.message.bytes");
      assertThat(outcomes.get(1).error()).isNull();
      assertThat(outcomes.get(1).frames()).isEqualTo(10);
    }
  }

  @Test
  void aTopicThatMayNotBeReadIsNamed() {
    assertThatExceptionOfType(BrokerException.class)
        .isThrownBy(
            () ->
                ingest(
                    stream -> {
                      throw new TopicAuthorizationException("frames");
                    },
                    camera("street", 0)))
        .withMessage("no right to use topic 'frames' at server:9092; grant it to this user");
  }

  @Test
  void aBrokerThatDoesNotAnswerIsNamed() {
    assertThatExceptionOfType(BrokerException.class)
        .isThrownBy(
            () ->
                Ingest.connect(
                    Map.of(
                        "bootstrap.servers", "127.0.0.1:1",
                        "request.timeout.ms", 200,
                        "default.api.timeout.ms", 400),
                    "frames",
                    true))
        .withMessage(
            "no Kafka broker answers at 127.0.0.1:1; check the address and that the broker runs");
    assertThatExceptionOfType(BrokerException.class)
        .isThrownBy(() -> Ingest.connect(Map.of("bootstrap.servers", "nonsense"), "frames", true))
        .withMessageContaining("nonsense")
        .withMessageMatching("[^\\n]+");
  }

  @Test
  void twoCamerasMayNotShareAStream() {
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> ingest(stream -> Tail.NONE, Camera.of("x", "a"), Camera.of("x", "b")))
        .withMessageContaining("two cameras have the stream id 'x'");
  }

  @Test
  void progressIsToldOfEveryFrame() throws Exception {
    ConcurrentLinkedQueue<Long> sent = new ConcurrentLinkedQueue<>();
    try (Ingest ingest = new Ingest(producer, "server:9092", "frames", stream -> Tail.NONE)) {
      ingest.run(
          List.of(camera("street", 0)),
          new IngestProgress() {
            @Override
            public void sent(Camera camera, long frames, long videoMicros) {
              sent.add(frames);
            }
          });
    }
    assertThat(sent).containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 10L);
  }

  private List<Outcome> ingest(Function<String, Tail> tails, Camera... cameras)
      throws BrokerException, InterruptedException {
    return ingest(tails, IngestProgress.SILENT, cameras);
  }

  private List<Outcome> ingest(
      Function<String, Tail> tails, IngestProgress progress, Camera... cameras)
      throws BrokerException, InterruptedException {
    try (Ingest ingest = new Ingest(producer, "server:9092", "frames", tails)) {
      return ingest.run(List.of(cameras), progress);
    }
  }

  private Camera camera(String id, long startMicros) throws IOException {
    Path file = TestVideos.write(folder.resolve(id + ".mp4"), 40, 20);
    return new Camera(id, file.toString(), FIVE, startMicros, false);
  }

  private List<Long> captured(String stream) throws MalformedRecordException {
    return batches(stream).stream()
        .flatMap(batch -> batch.frames().stream())
        .map(Frame::captureMicros)
        .toList();
  }

  private FrameBatch last(String stream) throws MalformedRecordException {
    List<FrameBatch> batches = batches(stream);
    return batches.get(batches.size() - 1);
  }

  private List<FrameBatch> batches(String stream) throws MalformedRecordException {
    List<FrameBatch> batches = new ArrayList<>();
    for (ProducerRecord<String, byte[]> record : producer.history()) {
      if (record.key().equals(stream)) {
        batches.add(FrameBatches.read(record.value(), 0));
      }
    }
    return batches;
  }
}
