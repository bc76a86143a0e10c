package dev.flamingostreams.captions;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.metrics.MeasurableStat;
import org.apache.kafka.common.metrics.Sensor;
import org.apache.kafka.common.metrics.stats.Avg;
import org.apache.kafka.common.metrics.stats.Max;
import org.apache.kafka.common.metrics.stats.Value;
import org.apache.kafka.streams.StreamsMetrics;
import org.apache.kafka.streams.processor.api.ProcessingContext;

/**
 * One task's backlog as metrics, beside those of the ledger:
 *
 * <pre>
 * clips-pending          clips that wait for the model or for an earlier one of their stream
 * clips-pending-age-ms   for how long the oldest of them has been pending, by the wall clock
 * lagging                1 while that is too long, see {@link Lagging}
 * event-lag-ms           from the end of the clip that was captioned last until now, for cameras
 *                        whose clock is within a day of the wall clock
 * caption-latency-avg    milliseconds from a window's close, which makes its clip pending, until
 * caption-latency-max    its caption is forwarded
 * </pre>
 *
 * <p>A clip that is omitted because it is unchanged counts as captioned here.
 */
final class LagMetrics implements AutoCloseable {
  private static final String SCOPE = "flamingo-captions";
  private static final long NEAR_MILLIS = TimeUnit.DAYS.toMillis(1);

  private final StreamsMetrics metrics;
  private final String entity;
  private final List<Sensor> sensors = new ArrayList<>();
  private final Sensor pending;
  private final Sensor age;
  private final Sensor lagging;
  private final Sensor eventLag;
  private final Sensor latency;
  private long lastEndMillis = Long.MIN_VALUE;

  LagMetrics(ProcessingContext context, String processor) {
    metrics = context.metrics();
    entity = processor + "-" + context.taskId();
    pending = gauge("clips-pending", "clips that wait for the model or for their turn");
    age = gauge("clips-pending-age-ms", "for how long the oldest pending clip has waited");
    lagging = gauge("lagging", "1 while the oldest pending clip waits for too long");
    eventLag = gauge("event-lag-ms", "from the end of the last captioned clip until now");
    latency = sensor("caption-latency");
    String what = "milliseconds from a window's close until its caption is forwarded, ";
    add(latency, "caption-latency-avg", what + "on average", new Avg());
    add(latency, "caption-latency-max", what + "at most", new Max());
  }

  void pending(Backlog.Load load, long nowMillis) {
    pending.record(load.clips());
    age.record((double) load.oldestMillis());
    lagging.record(load.lagging() ? 1 : 0);
    if (load.clips() > 0) {
      recordEventLag(nowMillis);
    }
  }

  void answered(PendingClip clip, long nowMillis) {
    latency.record((double) Math.max(0, nowMillis - clip.sinceMillis()));
    lastEndMillis = TimeUnit.MICROSECONDS.toMillis(clip.clip().endMicros());
    recordEventLag(nowMillis);
  }

  private void recordEventLag(long nowMillis) {
    if (Math.abs((double) nowMillis - lastEndMillis) < NEAR_MILLIS) {
      eventLag.record((double) (nowMillis - lastEndMillis));
    }
  }

  @Override
  public void close() {
    sensors.forEach(metrics::removeSensor);
  }

  private Sensor gauge(String name, String description) {
    Sensor sensor = sensor(name);
    add(sensor, name, description, new Value());
    return sensor;
  }

  private Sensor sensor(String name) {
    String unique = String.join(".", Thread.currentThread().getName(), SCOPE, entity, name);
    Sensor sensor = metrics.addSensor(unique, Sensor.RecordingLevel.INFO);
    sensors.add(sensor);
    return sensor;
  }

  /** Named as Kafka Streams names what {@link StreamsMetrics#addRateTotalSensor} makes. */
  private void add(Sensor sensor, String name, String description, MeasurableStat stat) {
    Map<String, String> tags =
        Map.of("thread-id", Thread.currentThread().getName(), SCOPE + "-id", entity);
    sensor.add(new MetricName(name, "stream-" + SCOPE + "-metrics", description, tags), stat);
  }
}
