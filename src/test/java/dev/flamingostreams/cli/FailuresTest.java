package dev.flamingostreams.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FailuresTest {

  @Test
  void aClassThatADistributionLacksIsNamed() {
    assertThat(Failures.line(new NoClassDefFoundError("kafka/server/KafkaRaftServer")))
        .isEqualTo(
            "this distribution lacks kafka/server/KafkaRaftServer; images have no broker and no training");
  }

  @Test
  void aClassThatCouldNotBeInitializedIsNotLacking() {
    assertThat(Failures.line(new NoClassDefFoundError("Could not initialize class a.B")))
        .isEqualTo("unexpected java.lang.NoClassDefFoundError: Could not initialize class a.B");
  }
}
