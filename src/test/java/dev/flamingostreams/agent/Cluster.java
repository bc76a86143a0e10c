package dev.flamingostreams.agent;

import dev.flamingostreams.cli.EmbeddedBroker;
import dev.flamingostreams.schema.Caption;
import dev.flamingostreams.schema.DeadLetter;
import dev.flamingostreams.schema.Frame;
import dev.flamingostreams.schema.FrameBatch;
import dev.flamingostreams.schema.Topic;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** What the tests of the agent do with a broker. */
final class Cluster implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private final EmbeddedBroker broker;
  private final Map<String, String> security;

  Cluster() throws IOException {
    this(EmbeddedBroker.temporary(), Map.of());
  }

  /**
   * A cluster that is not open to all.
   *
   * @param security what its clients need
   */
  Cluster(EmbeddedBroker broker, Map<String, String> security) {
    this.broker = broker;
    this.security = security;
  }

  String servers() {
    return broker.bootstrapServers();
  }

  void create(String... topics) throws Exception {
    try (Admin admin = Admin.create(settings())) {
      List<NewTopic> wanted =
          Stream.of(topics)
              .map(
                  name ->
                      new NewTopic(name, Optional.of(2), Optional.empty()).configs(config(name)))
              .toList();
      admin.createTopics(wanted).all().get();
    }
  }

  // The streams begin in 1970: by their own time, retention would take their captions within
  // minutes.
  private static Map<String, String> config(String topic) {
    return Map.of(
        TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
        Integer.toString(bytes(topic)),
        TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG,
        "LogAppendTime");
  }

  private static int bytes(String topic) {
    return topic.endsWith("frames") ? 1 << 20 : 2 << 20;
  }

  /** What the internal topics of an application have after its id. */
  Set<String> internalTopics(String application) throws Exception {
    try (Admin admin = Admin.create(settings())) {
      return admin.listTopics().names().get().stream()
          .filter(name -> name.startsWith(application + "-"))
          .filter(name -> name.endsWith("-changelog") || name.endsWith("-repartition"))
          .map(name -> name.substring(application.length()))
          .collect(Collectors.toCollection(HashSet::new));
    }
  }

  void write(String topic, List<String> lines) {
    StringSerializer texts = new StringSerializer();
    try (Producer<String, String> producer = new KafkaProducer<>(writing(), texts, texts)) {
      for (String line : lines) {
        var unused = producer.send(new ProducerRecord<>(topic, line));
      }
    }
  }

  /** Plays a stream from a second on, 4 frames a second. */
  void play(String topic, String stream, int fromSecond, int seconds) throws IOException {
    Topic<String, FrameBatch> frames = Topic.frames(topic);
    try (Producer<String, FrameBatch> producer =
        new KafkaProducer<>(
            writing(), frames.keySerde().serializer(), frames.valueSerde().serializer())) {
      for (int second = fromSecond; second < fromSecond + seconds; second++) {
        List<Frame> batch = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
          batch.add(new Frame(second * 1_000_000L + i * 250_000L, jpeg(second * 4 + i)));
        }
        var unused = producer.send(new ProducerRecord<>(topic, stream, FrameBatch.of(batch)));
      }
    }
  }

  /** Reads committed captions until there are as many. */
  List<Caption> captions(String topic, int count) {
    Topic<String, Caption> captions = Topic.captions(topic);
    List<Caption> read = new ArrayList<>();
    try (Consumer<String, Caption> consumer =
        new KafkaConsumer<>(
            reading(), captions.keySerde().deserializer(), captions.valueSerde().deserializer())) {
      read(consumer, topic, record -> read.add(record.value()), () -> read.size() >= count);
    }
    return read;
  }

  /** Reads committed dead letters until there are as many: their reasons. */
  List<String> reasons(String topic, int count) {
    ByteArrayDeserializer bytes = new ByteArrayDeserializer();
    List<String> read = new ArrayList<>();
    try (Consumer<byte[], byte[]> consumer = new KafkaConsumer<>(reading(), bytes, bytes)) {
      read(
          consumer,
          topic,
          letter -> read.add(DeadLetter.get(letter.headers(), DeadLetter.REASON, "")),
          () -> read.size() >= count);
    }
    return read;
  }

  /** Reads committed texts, the last of each key, until they are as wanted. */
  Map<String, String> table(String topic, Predicate<Map<String, String>> wanted) {
    StringDeserializer texts = new StringDeserializer();
    Map<String, String> read = new LinkedHashMap<>();
    try (Consumer<String, String> consumer = new KafkaConsumer<>(reading(), texts, texts)) {
      read(
          consumer,
          topic,
          record -> read.put(record.key(), record.value()),
          () -> wanted.test(read));
    }
    return read;
  }

  Map<String, Object> settings() {
    Map<String, Object> settings = new HashMap<>(security);
    settings.put("bootstrap.servers", servers());
    return settings;
  }

  @Override
  public void close() throws IOException {
    broker.close();
  }

  // A topic that is new may take the second request and not the first, and then no more.
  private Map<String, Object> writing() {
    Map<String, Object> settings = settings();
    settings.put("max.in.flight.requests.per.connection", "1");
    return settings;
  }

  private Map<String, Object> reading() {
    Map<String, Object> settings = settings();
    settings.put("isolation.level", "read_committed");
    settings.put("auto.offset.reset", "earliest");
    return settings;
  }

  private static <K, V> void read(
      Consumer<K, V> consumer,
      String topic,
      java.util.function.Consumer<ConsumerRecord<K, V>> taker,
      java.util.function.BooleanSupplier enough) {
    List<TopicPartition> partitions =
        List.of(new TopicPartition(topic, 0), new TopicPartition(topic, 1));
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!enough.getAsBoolean() && System.nanoTime() < end) {
      consumer.poll(Duration.ofMillis(200)).forEach(taker);
    }
  }

  private static byte[] jpeg(int shade) throws IOException {
    BufferedImage image = new BufferedImage(16, 16, BufferedImage.TYPE_INT_RGB);
    image.setRGB(0, 0, shade * 1_000);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageIO.write(image, "jpg", bytes);
    return bytes.toByteArray();
  }
}
