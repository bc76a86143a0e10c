package dev.flamingostreams.bench.streams;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.flamingostreams.schema.Caption;
import java.util.List;
import org.junit.jupiter.api.Test;

class LatenciesTest {
  @Test
  void theFirstWindowsOfEachStreamWarmUpAndTheSameClipTwiceIsCounted() {
    Latencies latencies = new Latencies(1);
    for (int i = 0; i <= 100; i++) {
      latencies.seen(caption("a", i), i * 1_000L);
    }
    latencies.seen(caption("b", 0), 9_000_000);
    latencies.seen(caption("a", 7), 5_000_000);
    ObjectNode json = new JsonMapper().createObjectNode();
    latencies.write(json);

    assertThat(latencies.captions()).isEqualTo(102);
    assertThat(json.toString())
        .isEqualTo("{\"doubled\":1,\"measured\":100,\"p50_ms\":50,\"p95_ms\":95,\"max_ms\":100}");
  }

  private static Caption caption(String stream, int index) {
    return new Caption(
        stream,
        stream + "@" + index,
        0,
        1,
        8,
        List.of(),
        "text",
        0,
        false,
        "model",
        "",
        "",
        "",
        new Caption.Timing(0, 0, 0),
        false);
  }
}
