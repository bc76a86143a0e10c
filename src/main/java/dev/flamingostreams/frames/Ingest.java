package dev.flamingostreams.frames;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Sends cameras and files to topic frames, each in a thread of its own; one that fails does not
 * stop the others.
 */
public final class Ingest implements AutoCloseable {
  private static final int ANSWER_MILLIS = 10_000;
  private static final long TICK_MILLIS = 50;
  private static final Duration CLOSE = Duration.ofSeconds(10);

  private final Producer<String, byte[]> producer;
  private final FrameSender sender;
  private final Function<String, Tail> tails;

  Ingest(
      Producer<String, byte[]> producer,
      String servers,
      String topic,
      Function<String, Tail> tails) {
    this.producer = producer;
    this.tails = tails;
    sender = new FrameSender(producer, servers, topic);
  }

  /**
   * Connects and makes sure that the topic is there.
   *
   * @param kafka any settings of Kafka's clients; {@code bootstrap.servers} at least
   * @param resume whether a file goes on after its stream's last frame in the topic instead of
   *     being sent from its start
   * @throws BrokerException if no broker answers, or the topic is missing or may not be used
   */
  public static Ingest connect(Map<String, ?> kafka, String topic, boolean resume)
      throws BrokerException {
    String servers = String.valueOf(kafka.get(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG));
    try {
      int partitions = partitions(kafka, servers, topic);
      Function<String, Tail> tails =
          resume ? stream -> tail(kafka, topic, partitions, stream) : stream -> Tail.NONE;
      return new Ingest(producer(kafka), servers, topic, tails);
    } catch (KafkaException e) {
      throw BrokerException.of(e.getCause() == null ? e : e.getCause(), servers, topic);
    }
  }

  /**
   * Sends all cameras and returns when all have ended; a live camera ends only when the calling
   * thread is interrupted.
   *
   * @return one outcome per camera, in their order
   * @throws BrokerException if the topic cannot be read to see where streams ended
   */
  public List<Outcome> run(List<Camera> cameras, IngestProgress progress)
      throws BrokerException, InterruptedException {
    requireDistinct(cameras);
    List<CameraRun> runs = new ArrayList<>();
    for (Camera camera : cameras) {
      runs.add(new CameraRun(camera, tail(camera), sender, progress, Clock.systemUTC()));
    }
    ScheduledExecutorService ticker = Executors.newSingleThreadScheduledExecutor(Ingest::daemon);
    ExecutorService threads = Executors.newCachedThreadPool(Ingest::daemon);
    try {
      var unused =
          ticker.scheduleWithFixedDelay(
              () -> runs.forEach(run -> run.tick(System.nanoTime())),
              TICK_MILLIS,
              TICK_MILLIS,
              TimeUnit.MILLISECONDS);
      return outcomes(threads.invokeAll(runs));
    } finally {
      threads.shutdownNow();
      ticker.shutdownNow();
    }
  }

  /** Sends what is left. */
  @Override
  public void close() {
    producer.close(CLOSE);
  }

  private Tail tail(Camera camera) throws BrokerException {
    try {
      return tails.apply(camera.id());
    } catch (KafkaException e) {
      throw sender.failure(e);
    }
  }

  private static List<Outcome> outcomes(List<Future<Outcome>> futures) throws InterruptedException {
    List<Outcome> outcomes = new ArrayList<>();
    for (Future<Outcome> future : futures) {
      try {
        outcomes.add(future.get());
      } catch (ExecutionException e) {
        throw new IllegalStateException("a camera's thread died", e.getCause());
      }
    }
    return outcomes;
  }

  private static void requireDistinct(List<Camera> cameras) {
    Set<String> ids = new HashSet<>();
    for (Camera camera : cameras) {
      if (!ids.add(camera.id())) {
        throw new IllegalArgumentException(
            "two cameras have the stream id '%s'; give each its own".formatted(camera.id()));
      }
    }
  }

  private static int partitions(Map<String, ?> kafka, String servers, String topic)
      throws BrokerException {
    Map<String, Object> settings = new HashMap<>(kafka);
    settings.putIfAbsent("request.timeout.ms", ANSWER_MILLIS / 2);
    settings.putIfAbsent("default.api.timeout.ms", ANSWER_MILLIS);
    try (Admin admin = Admin.create(settings)) {
      return admin
          .describeTopics(List.of(topic))
          .topicNameValues()
          .values()
          .iterator()
          .next()
          .get()
          .partitions()
          .size();
    } catch (ExecutionException e) {
      throw BrokerException.of(e.getCause() == null ? e : e.getCause(), servers, topic);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw BrokerException.of(e, servers, topic);
    }
  }

  private static Producer<String, byte[]> producer(Map<String, ?> kafka) {
    Map<String, Object> settings = new HashMap<>(kafka);
    settings.putIfAbsent(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    settings.putIfAbsent(ProducerConfig.ACKS_CONFIG, "all");
    settings.putIfAbsent(ProducerConfig.LINGER_MS_CONFIG, 0);
    settings.putIfAbsent(ProducerConfig.CLIENT_ID_CONFIG, "flamingo-ingest");
    return new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer());
  }

  private static Tail tail(Map<String, ?> kafka, String topic, int partitions, String stream) {
    Map<String, Object> settings = new HashMap<>(kafka);
    settings.put("enable.auto.commit", false);
    settings.put("auto.offset.reset", "earliest");
    settings.remove("group.id");
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      return TailReader.read(consumer, topic, partitions, stream);
    }
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "flamingo-ingest");
    thread.setDaemon(true);
    return thread;
  }
}
