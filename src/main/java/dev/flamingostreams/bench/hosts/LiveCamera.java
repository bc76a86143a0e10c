package dev.flamingostreams.bench.hosts;

import dev.flamingostreams.bench.streams.Pictures;
import dev.flamingostreams.schema.Frame;
import dev.flamingostreams.schema.FrameBatch;
import dev.flamingostreams.schema.Topic;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Sends frames by the wall clock until it is over. */
final class LiveCamera {
  private LiveCamera() {}

  static void film(Map<String, Object> kafka, String topic, int rate, BooleanSupplier over) {
    Topic<String, FrameBatch> frames = Topic.frames(topic);
    Pictures pictures = Pictures.ofScene(32);
    long step = TimeUnit.SECONDS.toNanos(1) / rate;
    try (KafkaProducer<String, FrameBatch> producer =
        new KafkaProducer<>(
            kafka, frames.keySerde().serializer(), frames.valueSerde().serializer())) {
      long start = System.nanoTime();
      for (long i = 0; !over.getAsBoolean(); i++) {
        long micros = TimeUnit.NANOSECONDS.toMicros(i * step);
        var unused =
            producer.send(
                new ProducerRecord<>(
                    topic, "camera", FrameBatch.of(List.of(new Frame(micros, pictures.get(i))))));
        LockSupport.parkNanos(start + (i + 1) * step - System.nanoTime());
      }
    }
  }
}
