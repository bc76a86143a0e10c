package dev.flamingostreams.captions;

import java.util.List;
import org.apache.kafka.streams.processor.TaskId;

/** Sees how far behind one task is, and tells all who want to know. */
final class Lookout implements AutoCloseable {
  private final TaskId task;
  private final Lag lag;
  private final LagMetrics metrics;
  private final Backlog backlog;

  Lookout(TaskId task, Lag lag, LagMetrics metrics, Backlog backlog) {
    this.task = task;
    this.lag = lag;
    this.metrics = metrics;
    this.backlog = backlog;
  }

  void look(PendingClips clips, long nowMillis) {
    List<PendingClip> oldest = clips.oldest();
    long since = oldest.stream().mapToLong(PendingClip::sinceMillis).min().orElse(nowMillis);
    long waited = Math.max(0, nowMillis - since);
    lag.observe(waited);
    Backlog.Load load = new Backlog.Load(clips.unsettled(), oldest.size(), waited, lag.isLagging());
    metrics.pending(load, nowMillis);
    backlog.report(task, load, nowMillis);
  }

  @Override
  public void close() {
    backlog.leave(task);
  }
}
