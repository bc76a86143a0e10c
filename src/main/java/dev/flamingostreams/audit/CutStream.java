package dev.flamingostreams.audit;

import static java.util.Objects.requireNonNull;

import dev.flamingostreams.clips.ClipRules;
import dev.flamingostreams.clips.Fate;
import dev.flamingostreams.clips.FrameRecord;
import dev.flamingostreams.clips.StreamWindows;
import dev.flamingostreams.plugin.AnyTimestamp;
import dev.flamingostreams.schema.Clip;
import dev.flamingostreams.schema.Frame;
import dev.flamingostreams.schema.FrameBatch.Marker;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** One stream of one partition, cut again as its task has cut it. Keeps capture times only. */
final class CutStream implements FrameRecord.Outcome {
  private final Expected expected;
  private final StreamWindows windows;
  private final Certainty certainty;
  private final @Nullable Times times;
  private @Nullable ConsumerRecord<byte[], byte[]> record;
  private long closed;

  CutStream(String stream, ClipRules rules, boolean whole, Expected expected) {
    this.expected = expected;
    windows = new StreamWindows(stream, rules);
    certainty = new Certainty(rules, whole);
    times = rules.flush().isZero() ? null : new Times();
  }

  void accept(FrameRecord frames, ConsumerRecord<byte[], byte[]> from) {
    record = from;
    certainty.arrives(frames.batch());
    frames.cut(windows, this);
    if (frames.batch().marker() == Marker.IDLE) {
      certainty.idleUntil(frames.batch().idleUntilMicros());
    }
  }

  Certainty certainty() {
    return certainty;
  }

  /** Frames in windows that are not due. */
  int open() {
    return windows.buffered();
  }

  /** Whether the wall clock may have closed its windows, and these frames of it exist. */
  boolean has(Iterable<Long> frameMicros) {
    if (times == null) {
      return false;
    }
    for (long time : frameMicros) {
      if (!times.contains(time)) {
        return false;
      }
    }
    return true;
  }

  @Override
  public void taken(long run, Frame frame) {
    certainty.taken(run, frame.captureMicros());
    arrived(frame.captureMicros());
  }

  @Override
  public void undecodable(Frame frame, String fault) {
    expected.rejected(from(), Long.toString(frame.captureMicros()));
  }

  @Override
  public void begun(long anchorMicros) {
    certainty.begun(anchorMicros);
  }

  @Override
  public void clip(Clip clip) {
    ConsumerRecord<byte[], byte[]> by = from();
    boolean sure = certainty.isSure(clip);
    expected.due(new DueClip(clip, this, closed++, sure, Place.of(by), AnyTimestamp.of(by)));
  }

  @Override
  public void settled(long run, long captureMicros, Fate fate) {
    expected.count(fate);
    if (fate == Fate.LATE || fate == Fate.DUPLICATE || fate == Fate.EXCESS) {
      arrived(captureMicros);
    }
  }

  private void arrived(long micros) {
    if (times != null) {
      times.add(micros);
    }
  }

  private ConsumerRecord<byte[], byte[]> from() {
    return requireNonNull(record, "nothing is cut before a record");
  }
}
