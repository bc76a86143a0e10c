package dev.flamingostreams.agent;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HomeTest {
  @ParameterizedTest
  @CsvSource({
    "org.apache.kafka.streams.Topology, HOST",
    "org.apache.kafkas.Other, ENGINE",
    "org.slf4j.Logger, HOST",
    "dev.flamingostreams.plugin.Graft, PLUGIN",
    "dev.flamingostreams.schema.Topic, PLUGIN",
    "dev.flamingostreams.engine.Engine, ENGINE",
    "dev.flamingostreams.flamingo.Flamingo, ENGINE",
    "dev.flamingostreams.Nothing, ENGINE",
    "org.bytedeco.javacpp.Loader, ENGINE",
    "com.fasterxml.jackson.databind.ObjectMapper, ENGINE"
  })
  void isWhereAClassIsLoaded(String className, Home home) {
    assertThat(Home.of(className)).isEqualTo(home);
  }
}
