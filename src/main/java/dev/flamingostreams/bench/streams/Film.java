package dev.flamingostreams.bench.streams;

import dev.flamingostreams.frames.Sampling;
import dev.flamingostreams.schema.Frame;
import dev.flamingostreams.schema.FrameBatch;
import dev.flamingostreams.schema.Topic;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Live cameras: each frame is sent when it is taken, as a record of its own. */
final class Film {
  private static final int SCENES = 8;
  private static final int WIDTH = Sampling.DEFAULT_MAX_SIDE;
  private static final int HEIGHT = WIDTH * 9 / 16;

  private final CamerasPlan plan;
  private final List<Picture> pictures = new ArrayList<>();
  private long images;

  Film(CamerasPlan plan) {
    this.plan = plan;
    Scenes scenes = new Scenes(WIDTH, HEIGHT);
    for (int i = 0; i < SCENES; i++) {
      pictures.addAll(scenes.next(plan.rate() * CamerasBench.WINDOW_SECONDS));
    }
  }

  private record Shot(int camera, int index, long micros) {}

  /**
   * Films to the end, or until it is over.
   *
   * @param spread whether the cameras begin one after the other within a window, or all at once
   */
  void run(Map<String, Object> kafka, String topic, boolean spread, BooleanSupplier over) {
    Topic<String, FrameBatch> frames = Topic.frames(topic);
    try (KafkaProducer<String, FrameBatch> producer =
        new KafkaProducer<>(
            kafka, frames.keySerde().serializer(), frames.valueSerde().serializer())) {
      for (Shot shot : shots(spread, CamerasBench.nowMicros())) {
        await(shot.micros());
        if (over.getAsBoolean()) {
          return;
        }
        Frame frame = new Frame(shot.micros(), picture(shot));
        var unused =
            producer.send(
                new ProducerRecord<>(
                    topic, "camera-" + shot.camera(), FrameBatch.of(List.of(frame))));
      }
    }
  }

  private List<Shot> shots(boolean spread, long start) {
    List<Shot> shots = new ArrayList<>();
    long window = TimeUnit.SECONDS.toMicros(CamerasBench.WINDOW_SECONDS);
    long step = TimeUnit.SECONDS.toMicros(1) / plan.rate();
    for (int camera = 0; camera < plan.cameras(); camera++) {
      long first = start + (spread ? camera * window / plan.cameras() : 0);
      for (int i = 0; i < plan.seconds() * plan.rate(); i++) {
        shots.add(new Shot(camera, i, first + i * step));
      }
    }
    shots.sort(Comparator.comparingLong(Shot::micros));
    return shots;
  }

  /** Every camera sees another scene at a time, and no image twice. */
  private byte[] picture(Shot shot) {
    int scene = plan.rate() * CamerasBench.WINDOW_SECONDS;
    return pictures
        .get((shot.index() + shot.camera() * scene) % pictures.size())
        .numbered(images++);
  }

  private static void await(long micros) {
    for (long left = micros - CamerasBench.nowMicros();
        left > 0;
        left = micros - CamerasBench.nowMicros()) {
      LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(left));
    }
  }
}
