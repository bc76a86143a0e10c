package dev.flamingostreams.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flamingostreams.schema.Ledger;
import dev.flamingostreams.schema.StreamTimes;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MetricsTest {
  private static final Instant NOW = Instant.parse("2026-11-26T12:00:00Z");

  private final Metrics metrics = new Metrics(Clock.fixed(NOW, ZoneOffset.UTC));

  @AfterEach
  void close() throws Exception {
    metrics.close();
  }

  @Test
  void aLedgerIsACounterOfEachOutcomeAndWhatIsOpen() {
    metrics.ledgers("town", List.of(new Ledger("clips", "frames", List.of("in clips", "late"))));

    assertThat(metrics.scrape())
        .contains(
            "flamingo_frames_total{outcome=\"in-clips\",stage=\"clips\",topology=\"town\"} 0.0",
            "flamingo_frames_total{outcome=\"late\",stage=\"clips\",topology=\"town\"} 0.0",
            "flamingo_frames_open{stage=\"clips\",topology=\"town\"} 0.0");
  }

  @Test
  void timesAreHistogramsAndFailuresCountedByReason() {
    ClipTimes times = metrics.clipTimes("town");
    times.described(3_000, 40_000, 700_000);
    times.failed("timeout");

    assertThat(metrics.scrape())
        .contains(
            "flamingo_clip_queue_seconds_bucket{topology=\"town\",le=\"0.005\"} 1",
            "flamingo_clip_vision_seconds_bucket{topology=\"town\",le=\"0.025\"} 0",
            "flamingo_clip_vision_seconds_bucket{topology=\"town\",le=\"0.05\"} 1",
            "flamingo_clip_decode_seconds_bucket{topology=\"town\",le=\"1.0\"} 1",
            "flamingo_clip_failures_total{reason=\"timeout\",topology=\"town\"} 1.0");
  }

  @Test
  void lagIsOfCamerasWhoseClockIsNearAndGoesWithThem() {
    StreamTimes times = new StreamTimes();
    StreamTimes.Entries captioned = times.entries();
    metrics.lags("town", times::micros);
    metrics.silences("town", times::micros);
    captioned.reached("gate \"1\"", NOW.toEpochMilli() * 1_000 - 2_500_000);
    captioned.reached("file", 4_000_000);

    assertThat(metrics.scrape())
        .contains("flamingo_stream_lag_seconds{stream=\"gate \\\"1\\\"\",topology=\"town\"} 2.5")
        .contains(
            "flamingo_stream_silence_seconds{stream=\"gate \\\"1\\\"\",topology=\"town\"} 2.5")
        .doesNotContain("stream=\"file\"");
    captioned.close();
    assertThat(metrics.scrape()).doesNotContain("gate");
  }

  @Test
  void readyIsOneUnlessACheckFails() {
    Health health = new Health();
    metrics.ready(health);
    assertThat(metrics.scrape()).contains("flamingo_ready 1.0");
    health.ready(Health.Check.of("broker", () -> Optional.of("no broker answers")));
    assertThat(metrics.scrape()).contains("flamingo_ready 0.0");
  }

  @Test
  void streamsBeyondTheMostAreNotListed() {
    long near = NOW.toEpochMilli() * 1_000;
    Map<String, Long> many =
        IntStream.range(0, 2_000).boxed().collect(Collectors.toMap(i -> "s" + i, i -> near));
    metrics.lags("town", () -> many);

    assertThat(
            metrics
                .scrape()
                .lines()
                .filter(line -> line.startsWith("flamingo_stream_lag_seconds{")))
        .hasSize(Metrics.MOST_STREAMS);
  }

  @Test
  void batchesAreAHistogramOfClipsForEachModel() {
    EngineFigures figures =
        new EngineFigures(80, 60, 20, 1, 1_000, 2_000, 15, List.of(3L, 2L, 0L, 2L));
    metrics.engine("default", () -> figures);
    metrics.engine("large", () -> figures);

    assertThat(metrics.scrape())
        .contains(
            "# TYPE flamingo_engine_batch_clips histogram",
            "flamingo_engine_batch_clips_bucket{model=\"default\",le=\"1.0\"} 3",
            "flamingo_engine_batch_clips_bucket{model=\"default\",le=\"2.0\"} 5",
            "flamingo_engine_batch_clips_bucket{model=\"large\",le=\"4.0\"} 7",
            "flamingo_engine_batch_clips_bucket{model=\"large\",le=\"+Inf\"} 7",
            "flamingo_engine_batch_clips_sum{model=\"large\"} 15",
            "flamingo_engine_frames_from_cache_total{model=\"default\"} 60.0",
            "flamingo_engine_cache_bytes{model=\"default\"} 1000.0");
  }

  @Test
  void theMemoryOfTheProcessIsThere() {
    assertThat(metrics.scrape()).contains("jvm_memory_used_bytes", "process_uptime_seconds");
  }
}
