package dev.flamingostreams.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.apache.kafka.streams.state.StoreBuilder;
import org.junit.jupiter.api.Test;

class FrameStoreTest {
  private static final int RECORD = 5 << 20;

  private final FrameStore store = new FrameStore("yard", false, RECORD, Duration.ofMinutes(2));

  /**
   * A record of one frame is its image, its stream and little else; so is that of the changelog.
   */
  @Test
  void theChangelogTakesAnImageThatFillsARecordOfTheInput() {
    assertThat(Integer.parseInt(changelog("yard-frames").get("max.message.bytes")))
        .isGreaterThanOrEqualTo(RECORD + 4_096);
  }

  @Test
  void theChangelogForgetsImagesAnHourAfterTheirWindow() {
    assertThat(changelog("yard-frames"))
        .containsEntry("cleanup.policy", "compact,delete")
        .containsEntry("retention.ms", Long.toString(Duration.ofMinutes(62).toMillis()));
  }

  private Map<String, String> changelog(String name) {
    StoreBuilder<?> builder =
        store.builders().stream()
            .filter(each -> each.name().equals(name))
            .findFirst()
            .orElseThrow();
    assertThat(builder.loggingEnabled()).isTrue();
    return builder.logConfig();
  }
}
