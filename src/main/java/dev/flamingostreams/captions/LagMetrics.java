package dev.flamingostreams.captions;

import dev.flamingostreams.schema.Ledger;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.metrics.Sensor;

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
final class LagMetrics {
  private static final long NEAR_MILLIS = TimeUnit.DAYS.toMillis(1);

  private final Sensor latency;
  // read by whoever looks at metrics
  private volatile Backlog.Load load = new Backlog.Load(0, 0, 0, false);
  private volatile long eventLagMillis;
  private long lastEndMillis = Long.MIN_VALUE;

  LagMetrics(Ledger.Entries entries) {
    entries.gauge(
        "clips-pending", "clips that wait for the model or for their turn", () -> load.clips());
    entries.gauge(
        "clips-pending-age-ms",
        "for how long the oldest pending clip has waited",
        () -> load.oldestMillis());
    entries.gauge(
        "lagging",
        "1 while the oldest pending clip waits for too long",
        () -> load.lagging() ? 1 : 0);
    entries.gauge(
        "event-lag-ms", "from the end of the last captioned clip until now", () -> eventLagMillis);
    latency =
        entries.spread(
            "caption-latency", "milliseconds from a window's close until its caption is forwarded");
  }

  void pending(Backlog.Load now, long nowMillis) {
    load = now;
    if (now.clips() > 0) {
      seeEventLag(nowMillis);
    }
  }

  void answered(PendingClip clip, long nowMillis) {
    latency.record((double) Math.max(0, nowMillis - clip.sinceMillis()));
    lastEndMillis = TimeUnit.MICROSECONDS.toMillis(clip.clip().endMicros());
    seeEventLag(nowMillis);
  }

  private void seeEventLag(long nowMillis) {
    if (Math.abs((double) nowMillis - lastEndMillis) < NEAR_MILLIS) {
      eventLagMillis = nowMillis - lastEndMillis;
    }
  }
}
