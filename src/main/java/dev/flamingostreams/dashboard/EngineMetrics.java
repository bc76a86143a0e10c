package dev.flamingostreams.dashboard;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/**
 * The figures of engines. The sizes of batches are counted where batches are made, so their
 * histogram is put together here, for all models at once as Prometheus wants it.
 */
final class EngineMetrics {
  private static final double[] SIZES = {1, 2, 4, 8, 16, 32, Double.POSITIVE_INFINITY};

  private final PrometheusMeterRegistry registry;
  private final Map<String, Supplier<EngineFigures>> engines = new TreeMap<>(); // guarded by this

  EngineMetrics(PrometheusMeterRegistry registry) {
    this.registry = registry;
  }

  synchronized void bind(String model, Supplier<EngineFigures> figures) {
    if (engines.isEmpty()) {
      registry.getPrometheusRegistry().register(this::batches);
    }
    engines.put(model, figures);
    counter(model, "frames.asked", "frames of clips", figures, EngineFigures::framesAsked);
    counter(
        model,
        "frames.from.cache",
        "frames of clips whose features were known",
        figures,
        EngineFigures::framesFromCache);
    counter(
        model,
        "frames.encoded",
        "frames encoded for a clip or ahead of it",
        figures,
        EngineFigures::framesEncoded);
    counter(
        model,
        "frames.dropped",
        "frames not encoded ahead for want of room",
        figures,
        EngineFigures::framesDropped);
    gauge(model, "cache", "kept features", figures, EngineFigures::cacheBytes);
    gauge(model, "cache.max", "room for features", figures, EngineFigures::cacheMaxBytes);
  }

  private synchronized HistogramSnapshot batches() {
    HistogramSnapshot.Builder histogram =
        HistogramSnapshot.builder()
            .name("flamingo_engine_batch_clips")
            .help("clips that were described at once");
    engines.forEach((model, figures) -> histogram.dataPoint(point(model, figures.get())));
    return histogram.build();
  }

  private static HistogramDataPointSnapshot point(String model, EngineFigures figures) {
    List<Double> bounds = new ArrayList<>();
    List<Number> counts = new ArrayList<>();
    int from = 0;
    for (double bound : SIZES) {
      int to = (int) Math.min(bound, figures.batchesBySize().size());
      bounds.add(bound);
      counts.add(sum(figures.batchesBySize(), from, to));
      from = Math.max(from, to);
    }
    return HistogramDataPointSnapshot.builder()
        .classicHistogramBuckets(ClassicHistogramBuckets.of(bounds, counts))
        .sum((double) figures.clips())
        .labels(Labels.of("model", model))
        .build();
  }

  private static long sum(List<Long> counts, int from, int to) {
    return from >= to ? 0 : counts.subList(from, to).stream().mapToLong(Long::longValue).sum();
  }

  private void counter(
      String model,
      String name,
      String description,
      Supplier<EngineFigures> figures,
      ToLongFunction<EngineFigures> count) {
    FunctionCounter.builder(
            "flamingo.engine." + name, figures, of -> (double) count.applyAsLong(of.get()))
        .description(description)
        .tags(Tags.of("model", model))
        .register(registry);
  }

  private void gauge(
      String model,
      String name,
      String description,
      Supplier<EngineFigures> figures,
      ToLongFunction<EngineFigures> value) {
    Gauge.builder("flamingo.engine." + name, figures, of -> count(of, value))
        .description(description)
        .baseUnit("bytes")
        .tags(Tags.of("model", model))
        .strongReference(true)
        .register(registry);
  }

  private static double count(
      Supplier<EngineFigures> figures, ToLongFunction<EngineFigures> value) {
    return (double) value.applyAsLong(figures.get());
  }
}
