package dev.flamingostreams.agent.hosts;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.Topology;

/** How an application that knows nothing of us runs its topology. */
final class Hosts {
  private Hosts() {}

  static void run(Topology topology, String settings) throws Exception {
    run(new KafkaStreams(topology, settings(settings)));
  }

  static Properties settings(String file) throws IOException {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(Path.of(file))) {
      properties.load(reader);
    }
    return properties;
  }

  /** Until it is told to stop, or has died. */
  static void run(KafkaStreams streams) throws InterruptedException {
    CountDownLatch over = new CountDownLatch(1);
    streams.setStateListener(
        (now, before) -> {
          System.out.println("state " + now);
          if (now == KafkaStreams.State.ERROR || now == KafkaStreams.State.NOT_RUNNING) {
            over.countDown();
          }
        });
    Runtime.getRuntime().addShutdownHook(new Thread(() -> streams.close(Duration.ofSeconds(20))));
    streams.start();
    over.await();
  }
}
