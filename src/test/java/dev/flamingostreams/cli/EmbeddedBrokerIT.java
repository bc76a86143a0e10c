package dev.flamingostreams.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedBrokerIT {
  private static final String TOPIC = "words";
  private static final int ABORTERS = 30;

  @TempDir Path directory;

  @Test
  void keepsCommittedTransactionsFromOneStartToTheNext() throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.in(directory)) {
      createTopic(broker, 1);
      produce(broker, "one", true);
      produce(broker, "never", false);
    }
    try (EmbeddedBroker broker = EmbeddedBroker.in(directory)) {
      produce(broker, "two", true);
      assertThat(consume(broker, 2)).containsExactly("one", "two");
    }
  }

  // Markers that are not written yet when the broker stops must be written when it is back.
  @Test
  void whatIsAbortedJustBeforeAStopStaysAborted() throws Exception {
    List<KafkaProducer<String, String>> producers = new ArrayList<>();
    try (EmbeddedBroker broker = EmbeddedBroker.in(directory)) {
      createTopic(broker, ABORTERS);
      for (int i = 0; i < ABORTERS; i++) {
        producers.add(begin(broker, i, "never"));
      }
      producers.parallelStream().forEach(KafkaProducer::abortTransaction);
    }
    producers.forEach(producer -> producer.close(Duration.ZERO));
    try (EmbeddedBroker broker = EmbeddedBroker.in(directory)) {
      for (int i = 0; i < ABORTERS; i++) {
        try (KafkaProducer<String, String> producer = begin(broker, i, "always")) {
          producer.commitTransaction();
        }
      }
      assertThat(consume(broker, ABORTERS)).containsOnly("always");
    }
  }

  @Test
  void createsNoTopicUnasked() throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.temporary();
        Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
      assertThatThrownBy(() -> admin.describeTopics(List.of(TOPIC)).allTopicNames().get())
          .isInstanceOf(ExecutionException.class)
          .hasCauseInstanceOf(UnknownTopicOrPartitionException.class);
    }
  }

  private static void createTopic(EmbeddedBroker broker, int partitions) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
      admin
          .createTopics(List.of(new NewTopic(TOPIC, Optional.of(partitions), Optional.empty())))
          .all()
          .get();
    }
  }

  private static void produce(EmbeddedBroker broker, String word, boolean commit) {
    try (KafkaProducer<String, String> producer = begin(broker, 0, word)) {
      if (commit) {
        producer.commitTransaction();
      } else {
        producer.abortTransaction();
      }
    }
  }

  /** A producer in a transaction in which it has sent a word to a partition. */
  private static KafkaProducer<String, String> begin(
      EmbeddedBroker broker, int partition, String word) {
    Map<String, Object> settings =
        Map.of(
            "bootstrap.servers",
            broker.bootstrapServers(),
            "transactional.id",
            "test-" + partition);
    KafkaProducer<String, String> producer =
        new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer());
    producer.initTransactions();
    producer.beginTransaction();
    var unused = producer.send(new ProducerRecord<>(TOPIC, partition, "key", word));
    producer.flush();
    return producer;
  }

  private static List<String> consume(EmbeddedBroker broker, int count) {
    Map<String, Object> settings =
        Map.of(
            "bootstrap.servers", broker.bootstrapServers(),
            "group.id", "test",
            "auto.offset.reset", "earliest",
            "isolation.level", "read_committed");
    List<String> words = new ArrayList<>();
    try (KafkaConsumer<String, String> consumer =
        new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
      consumer.subscribe(List.of(TOPIC));
      while (words.size() < count) {
        for (ConsumerRecord<String, String> found : consumer.poll(Duration.ofSeconds(1))) {
          words.add(found.value());
        }
      }
    }
    return words;
  }
}
