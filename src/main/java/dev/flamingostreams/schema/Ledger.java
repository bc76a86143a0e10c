package dev.flamingostreams.schema;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.DoubleSupplier;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.metrics.MeasurableStat;
import org.apache.kafka.common.metrics.MetricConfig;
import org.apache.kafka.common.metrics.Sensor;
import org.apache.kafka.common.metrics.stats.Avg;
import org.apache.kafka.common.metrics.stats.CumulativeSum;
import org.apache.kafka.common.metrics.stats.Max;
import org.apache.kafka.common.metrics.stats.Rate;
import org.apache.kafka.streams.StreamsMetrics;
import org.apache.kafka.streams.processor.api.ProcessingContext;

/**
 * What a stage did with everything that it was given: in = sum of the outcomes + what is still
 * open. Counts since this process started, over all tasks that share the ledger; Kafka Streams
 * sensors count the same per task, what a task found in its stores apart: in + carried = outcomes +
 * open.
 */
public final class Ledger {
  private final String stage;
  private final String unit;
  private final LongAdder in = new LongAdder();
  private final Map<String, LongAdder> outcomes = new LinkedHashMap<>();

  /**
   * @param stage such as {@code clips}
   * @param unit what is counted, such as {@code frames}
   * @param outcomes every way in which one of them can end
   */
  public Ledger(String stage, String unit, List<String> outcomes) {
    this.stage = stage;
    this.unit = unit;
    outcomes.forEach(name -> this.outcomes.put(name, new LongAdder()));
  }

  public String stage() {
    return stage;
  }

  /** What is counted. */
  public String unit() {
    return unit;
  }

  /** The equation's left side. */
  public long in() {
    return in.sum();
  }

  /** The equation's right side, in the order of its definition. */
  public Map<String, Long> outcomes() {
    Map<String, Long> sums = new LinkedHashMap<>();
    outcomes.forEach((name, count) -> sums.put(name, count.sum()));
    return sums;
  }

  public long of(String outcome) {
    return counter(outcome).sum();
  }

  /** What came in and has not ended yet; never negative, and 0 when the stage is at rest. */
  public long open() {
    long ended = outcomes().values().stream().mapToLong(Long::longValue).sum(); // before in() grows
    return in() - ended;
  }

  /** One task's way to write into this ledger. */
  public Entries entries(ProcessingContext context, String processor) {
    return new Entries(context.metrics(), processor + "-" + context.taskId());
  }

  /** Such as {@code clips: 96 frames = 80 in clips + 16 late + 0 open}. */
  @Override
  public String toString() {
    StringBuilder line = new StringBuilder(stage + ": " + in() + " " + unit + " =");
    outcomes().forEach((name, count) -> line.append(" %d %s +".formatted(count, name)));
    return line.append(" %d open".formatted(open())).toString();
  }

  private LongAdder counter(String outcome) {
    LongAdder counter = outcomes.get(outcome);
    if (counter == null) {
      throw new IllegalArgumentException(
          "stage %s counts %s, not '%s'".formatted(stage, outcomes.keySet(), outcome));
    }
    return counter;
  }

  /** Counts into the ledger and into sensors of one task. */
  public final class Entries implements AutoCloseable {
    private final StreamsMetrics metrics;
    private final String entity;
    private final Sensor inSensor;
    private final Sensor carriedSensor;
    private final Map<String, Sensor> sensors = new LinkedHashMap<>();
    private final List<Sensor> others = new ArrayList<>();
    private long open;

    private Entries(StreamsMetrics metrics, String entity) {
      this.metrics = metrics;
      this.entity = entity;
      inSensor = sensor(unit + "-in");
      carriedSensor = sensor(unit + "-carried");
      outcomes.keySet().forEach(name -> sensors.put(name, sensor(unit + "-" + name)));
    }

    public void in(long count) {
      inSensor.record((double) count);
      add(count);
    }

    /** What the task found in its stores when it started: in, but not new. */
    public void carried(long count) {
      carriedSensor.record((double) count);
      add(count);
    }

    public void count(String outcome, long count) {
      counter(outcome).add(count);
      open -= count;
      Sensor sensor = sensors.get(outcome);
      if (sensor != null) {
        sensor.record((double) count);
      }
    }

    /** Shows a value beside the counts, read when somebody looks. */
    public void gauge(String name, String description, DoubleSupplier value) {
      other(name).add(metric(name, description), new Gauge(value));
    }

    /** Average and greatest of what is recorded, as {@code NAME-avg} and {@code NAME-max}. */
    public Sensor spread(String name, String description) {
      Sensor sensor = other(name);
      sensor.add(metric(name + "-avg", description + ", on average"), new Avg());
      sensor.add(metric(name + "-max", description + ", at most"), new Max());
      return sensor;
    }

    /** Removes the sensors. What is still open goes with the task to wherever that starts again. */
    @Override
    public void close() {
      in.add(-open);
      open = 0;
      metrics.removeSensor(inSensor);
      metrics.removeSensor(carriedSensor);
      sensors.values().forEach(metrics::removeSensor);
      others.forEach(metrics::removeSensor);
    }

    private void add(long count) {
      in.add(count);
      open += count;
    }

    // Named as addRateTotalSensor does, which counts records of a sensor and not what they say.
    private Sensor sensor(String counted) {
      String name = counted.replace(' ', '-');
      Sensor sensor = add(name);
      sensor.add(metric(name + "-rate", counted + " a second"), new Rate());
      sensor.add(metric(name + "-total", counted), new CumulativeSum());
      return sensor;
    }

    private Sensor other(String name) {
      Sensor sensor = add(name);
      others.add(sensor);
      return sensor;
    }

    private Sensor add(String name) {
      return metrics.addSensor(
          "flamingo-%s-%s-%s".formatted(stage, entity, name), Sensor.RecordingLevel.INFO);
    }

    private MetricName metric(String name, String description) {
      String thread = Thread.currentThread().getName();
      return new MetricName(
          name,
          "stream-flamingo-%s-metrics".formatted(stage),
          description,
          Map.of("thread-id", thread, "flamingo-%s-id".formatted(stage), entity));
    }
  }

  /** Kafka 3.9's StreamsMetrics take statistics of what is recorded only; nothing ever is. */
  private record Gauge(DoubleSupplier value) implements MeasurableStat {
    @Override
    public void record(MetricConfig config, double recorded, long timeMillis) {}

    @Override
    public double measure(MetricConfig config, long nowMillis) {
      return value.getAsDouble();
    }
  }
}
