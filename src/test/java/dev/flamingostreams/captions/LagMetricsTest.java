package dev.flamingostreams.captions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flamingostreams.schema.Clip;
import dev.flamingostreams.schema.Ledger;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.junit.jupiter.api.Test;

class LagMetricsTest {
  private static final long NOW = 1_700_000_000_000L;

  private final MockProcessorContext<Object, Object> context =
      new MockProcessorContext<>(new Properties(), new TaskId(0, 3), null);
  private final Ledger.Entries entries = CaptionsStage.ledger().entries(context, "yard-captions");
  private final LagMetrics metrics = new LagMetrics(entries);

  @Test
  void whatWaitsAndWhatWasAnsweredIsShown() {
    metrics.pending(new Backlog.Load(5, 2, 700, true), NOW);
    metrics.answered(pending(NOW - 2_000, NOW - 1_000), NOW);
    metrics.answered(pending(NOW - 1_500, NOW - 400), NOW);

    assertThat(values())
        .containsEntry("clips-pending", 5.0)
        .containsEntry("clips-pending-age-ms", 700.0)
        .containsEntry("lagging", 1.0)
        .containsEntry("event-lag-ms", 1_500.0)
        .containsEntry("caption-latency-max", 1_000.0)
        .containsEntry("caption-latency-avg", 700.0);
  }

  @Test
  void theLagGrowsWhileClipsWaitOnly() {
    metrics.answered(pending(NOW - 2_000, NOW - 1_000), NOW);
    metrics.pending(new Backlog.Load(1, 1, 700, false), NOW + 5_000);
    assertThat(values()).containsEntry("event-lag-ms", 7_000.0);

    metrics.pending(new Backlog.Load(0, 0, 0, false), NOW + 9_000);
    assertThat(values()).containsEntry("event-lag-ms", 7_000.0);
  }

  @Test
  void aFileThatBeganIn1970HasNoEventLag() {
    metrics.answered(pending(4_000, NOW - 1_000), NOW);
    assertThat(values()).containsEntry("event-lag-ms", 0.0);
  }

  @Test
  void aTaskThatLeavesTakesItsMetricsAlong() {
    assertThat(values()).hasSize(6);
    entries.close();
    assertThat(values()).isEmpty();
  }

  private static PendingClip pending(long endMillis, long sinceMillis) {
    long end = endMillis * 1_000;
    return PendingClip.of(new Clip("id", "cam", 0, end - 1, end, List.of(), false), sinceMillis);
  }

  private Map<String, Double> values() {
    Map<String, Double> values = new TreeMap<>();
    context
        .metrics()
        .metrics()
        .forEach(
            (name, metric) -> {
              if (isOurs(name)) {
                values.put(name.name(), (Double) metric.metricValue());
              }
            });
    return values;
  }

  /** But for what the ledger counts, which has a rate and a total. */
  private static boolean isOurs(MetricName name) {
    return !name.name().matches(".*-(rate|total)")
        && name.group().equals("stream-flamingo-captions-metrics")
        && "yard-captions-0_3".equals(name.tags().get("flamingo-captions-id"));
  }
}
