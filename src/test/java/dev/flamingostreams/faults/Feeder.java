package dev.flamingostreams.faults;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.flamingostreams.schema.Clip;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Sends what cameras see: at once, or from a thread of its own while the test does its worst. */
final class Feeder implements AutoCloseable {
  private final String topic;
  private final List<Camera> cameras;
  private final KafkaProducer<byte[], byte[]> producer;
  private final AtomicReference<Exception> failure = new AtomicReference<>();
  private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();

  Feeder(String servers, String topic, List<Camera> cameras) {
    this.topic = topic;
    this.cameras = List.copyOf(cameras);
    producer =
        new KafkaProducer<>(
            Map.of(
                "bootstrap.servers",
                servers,
                "max.request.size",
                8 << 20,
                "delivery.timeout.ms",
                300_000,
                "max.block.ms",
                300_000),
            new ByteArraySerializer(),
            new ByteArraySerializer());
  }

  /** One record of each camera. */
  void send() {
    cameras.forEach(this::send);
  }

  void send(Camera camera) {
    send(new ProducerRecord<>(topic, camera.id().getBytes(UTF_8), camera.next()));
  }

  void send(int partition, Camera camera) {
    send(new ProducerRecord<>(topic, partition, camera.id().getBytes(UTF_8), camera.next()));
  }

  void send(int records) {
    for (int i = 0; i < records; i++) {
      send();
    }
  }

  /** One record of each camera, time after time. */
  void keepSending(long everyMillis) {
    Future<?> unused = clock.scheduleAtFixedRate(this::send, 0, everyMillis, TimeUnit.MILLISECONDS);
  }

  void send(ProducerRecord<byte[], byte[]> record) {
    Future<RecordMetadata> unused =
        producer.send(
            record,
            (metadata, failed) -> {
              if (failed != null) {
                failure.set(failed);
              }
            });
  }

  /** Sends the ends of all cameras and waits until the broker has everything. */
  void finish() {
    pause();
    for (Camera camera : cameras) {
      send(new ProducerRecord<>(topic, camera.id().getBytes(UTF_8), camera.end()));
    }
    flush();
  }

  /** Sends no more by itself. */
  void pause() {
    clock.shutdown();
    try {
      if (!clock.awaitTermination(5, TimeUnit.MINUTES)) {
        throw new AssertionError("frames cannot be sent");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  void flush() {
    producer.flush();
    if (failure.get() != null) {
      throw new AssertionError("a frame could not be sent", failure.get());
    }
  }

  /** Ids of the clips that are due. */
  List<String> due() {
    return cameras.stream().flatMap(camera -> camera.due().stream()).map(Clip::id).toList();
  }

  @Override
  public void close() {
    clock.shutdownNow();
    producer.close(Duration.ZERO);
  }
}
