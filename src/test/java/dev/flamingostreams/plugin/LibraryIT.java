package dev.flamingostreams.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flamingostreams.cli.EmbeddedBroker;
import dev.flamingostreams.schema.Caption;
import dev.flamingostreams.schema.FrameBatch;
import dev.flamingostreams.schema.Topic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.serialization.Serdes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An application that has the library and {@code kafka-streams} on its class path, no more. */
class LibraryIT {
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  // The recording begins in 1970: by its own time, retention would take its captions.
  private static final Map<String, String> BY_ARRIVAL =
      Map.of(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, "LogAppendTime");

  @TempDir Path directory;

  private ConsumerProject project;

  @BeforeEach
  void lay() throws IOException {
    project = ConsumerProject.lay(directory);
  }

  @AfterEach
  void clear() throws IOException {
    project.close();
  }

  @Test
  @Timeout(600)
  void neitherScalaNorBrokerNorTorchNorKotlinComesAlongAndJacksonIsOfOneVersion() throws Exception {
    List<String> dependencies = project.dependencies();
    assertThat(dependencies)
        .anyMatch(line -> line.startsWith("org.apache.kafka:kafka-streams:"))
        .anyMatch(line -> line.startsWith("dev.flamingostreams:flamingo-streams:"))
        .noneMatch(line -> line.matches("(org\\.scala-lang|org\\.jetbrains\\.kotlin).*"))
        .noneMatch(line -> line.matches("(ai\\.djl\\.pytorch|info\\.picocli|net\\.bytebuddy).*"))
        .noneMatch(line -> line.matches("org\\.slf4j:slf4j-(?!api).*"))
        .noneMatch(line -> line.matches("org\\.apache\\.kafka:(?!kafka-(streams|clients):).*"));
    assertThat(
            dependencies.stream()
                .filter(line -> line.startsWith("com.fasterxml.jackson."))
                .map(line -> line.replaceFirst(".*:jar:(\\d+\\.\\d+).*", "$1"))
                .collect(Collectors.toSet()))
        .hasSize(1);
  }

  @Test
  @Timeout(600)
  void itDescribesAStreamAndAddsATopologyFile() throws Exception {
    project.compile();
    Files.writeString(directory.resolve("step.yaml"), "name: step\nclips: {length: 2s}");
    Files.writeString(directory.resolve("whole.yaml"), "name: whole");
    try (EmbeddedBroker broker = EmbeddedBroker.temporary()) {
      createTopics(broker);
      send(broker, "pictures");
      send(broker, "frames");
      Process application = project.run(broker.bootstrapServers());
      try {
        assertThat(await(broker, new Topic<>("texts", Serdes.String(), Serdes.String()), 2))
            .hasSize(2)
            .doesNotContain("");
        assertThat(await(broker, Topic.captions("captions"), 1))
            .extracting(Caption::stream)
            .containsExactly("gate");
        application.getOutputStream().close();
        assertThat(application.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(application.exitValue()).as(project.log()).isZero();
      } finally {
        application.destroyForcibly();
      }
    }
  }

  private static void createTopics(EmbeddedBroker broker) throws Exception {
    List<NewTopic> topics =
        Stream.of("pictures", "texts", "frames", "captions", "dead-letters")
            .map(name -> new NewTopic(name, Optional.of(1), Optional.empty()))
            .map(topic -> topic.configs(BY_ARRIVAL))
            .toList();
    try (Admin admin = Admin.create(properties(broker))) {
      admin.createTopics(topics).all().get();
    }
  }

  private static void send(EmbeddedBroker broker, String name) throws Exception {
    Topic<String, FrameBatch> topic = Topic.frames(name);
    try (Producer<String, FrameBatch> producer =
        new KafkaProducer<>(
            properties(broker), topic.keySerde().serializer(), topic.valueSerde().serializer())) {
      for (FrameBatch batch : Recordings.seconds(4)) {
        producer.send(new ProducerRecord<>(name, "gate", batch)).get();
      }
    }
  }

  private <V> List<V> await(EmbeddedBroker broker, Topic<String, V> topic, int count)
      throws IOException {
    List<V> values = new ArrayList<>();
    Map<String, Object> settings = new HashMap<>(properties(broker));
    settings.putAll(Map.of("group.id", topic.name(), "auto.offset.reset", "earliest"));
    long end = System.nanoTime() + PATIENCE.toNanos();
    try (Consumer<String, V> consumer =
        new KafkaConsumer<>(
            settings, topic.keySerde().deserializer(), topic.valueSerde().deserializer())) {
      consumer.subscribe(List.of(topic.name()));
      while (values.size() < count) {
        consumer.poll(Duration.ofMillis(200)).forEach(record -> values.add(record.value()));
        assertThat(System.nanoTime()).as(project.log()).isLessThan(end);
      }
    }
    return values;
  }

  private static Map<String, Object> properties(EmbeddedBroker broker) {
    return Map.of("bootstrap.servers", broker.bootstrapServers());
  }
}
