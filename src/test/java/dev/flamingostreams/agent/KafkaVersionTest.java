package dev.flamingostreams.agent;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KafkaVersionTest {
  @ParameterizedTest
  @ValueSource(strings = {"3.9.0", "3.9.2", "4.0.0", "4.3.1", "4.2.0-SNAPSHOT", "4.1.0-ce"})
  void isTaken(String version) {
    assertThat(new KafkaVersion(version).isSupported()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"3.8.1", "2.8.2", "4.4.0", "5.0.0", "unknown", ""})
  void isNotKnown(String version) {
    assertThat(new KafkaVersion(version).isSupported()).isFalse();
    assertThat(new KafkaVersion(version).refusal()).contains(version, "It takes 3.9 to 4.3");
  }

  @Test
  void theOneThatWeAreBuiltWithIsSeen() {
    assertThat(KafkaVersion.seenBy(KafkaVersionTest.class.getClassLoader()).isSupported()).isTrue();
    assertThat(KafkaVersion.seenBy(ClassLoader.getPlatformClassLoader()).refusal())
        .startsWith("the host has Kafka Streams of an unknown version");
  }
}
