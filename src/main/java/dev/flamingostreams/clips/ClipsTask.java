package dev.flamingostreams.clips;

import dev.flamingostreams.schema.Clip;
import dev.flamingostreams.schema.Frame;
import dev.flamingostreams.schema.FrameBatch;
import dev.flamingostreams.schema.Ledger;
import dev.flamingostreams.schema.StoredFrames;
import dev.flamingostreams.schema.StreamTimes;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/** Observes a stream's time, buffers its frames, emits the clips that are due. */
final class ClipsTask {
  private final ProcessorContext<Object, Object> context;
  private final Streams streams;
  private final StoredFrames frames;
  private final Ledger.Entries ledger;
  private final StreamTimes.Entries seen;
  private final Rejects rejects;
  private final Silence silence;
  private final Ahead ahead;
  private final String clipsTo;

  ClipsTask(
      ProcessorContext<Object, Object> context,
      Streams streams,
      StoredFrames frames,
      Ledger.Entries ledger,
      StreamTimes.Entries seen,
      Rejects rejects,
      Silence silence,
      Ahead ahead,
      String clipsTo) {
    this.context = context;
    this.streams = streams;
    this.frames = frames;
    this.ledger = ledger;
    this.seen = seen;
    this.rejects = rejects;
    this.silence = silence;
    this.ahead = ahead;
    this.clipsTo = clipsTo;
    streams.forEach(this::takeUpAgain);
  }

  void accept(FrameRecord arrived, Record<byte[], byte[]> record) {
    String stream = arrived.stream();
    ledger.in(arrived.batch().frames().size());
    see(stream, arrived.batch());
    Round round =
        new Round(stream, frames, ledger, (frame, fault) -> rejects.image(record, frame, fault));
    StreamWindows windows = streams.load(stream, round);
    arrived.cut(windows, round);
    windows.foresee(round);
    ahead.add(stream, windows.run(), round.foreseen());
    emit(stream, windows, round, record.timestamp());
    silence.heard(stream, windows.isOpen(), record.timestamp(), context.currentSystemTimeMs());
  }

  /** A record that is not a frame batch: counts as one frame. */
  void reject(Record<byte[], byte[]> record, String fault) {
    ledger.in(1);
    ledger.count(Fate.UNDECODABLE.label(), 1);
    rejects.wholeRecord(record, fault);
  }

  /** Closes the windows of streams that have been silent for too long by the wall clock. */
  void flush() {
    long now = context.currentSystemTimeMs();
    for (String stream : silence.tooLong(now)) {
      Round round = new Round(stream, frames, ledger, (frame, fault) -> {});
      StreamWindows windows = streams.load(stream, round);
      windows.interrupt(true, round);
      emit(stream, windows, round, now);
    }
  }

  void handOn() {
    ahead.handOn();
  }

  void close() {
    frames.close();
    ledger.close();
    seen.close();
  }

  private void see(String stream, FrameBatch batch) {
    batch.frames().stream()
        .mapToLong(Frame::captureMicros)
        .filter(StreamWindows::isTime)
        .max()
        .ifPresent(newest -> seen.reached(stream, newest));
    if (batch.marker() == FrameBatch.Marker.END) {
      seen.ended(stream);
    }
  }

  private void takeUpAgain(String stream, StreamWindows windows) {
    ledger.carried(windows.buffered());
    frames.reach(stream, windows.run(), windows.reach());
    if (windows.isOpen()) {
      silence.heard(stream, true, 0, context.currentSystemTimeMs());
    }
  }

  // The reach comes last: captions decides by it which frames to keep, and would not keep those of
  // a clip that it does not have yet.
  private void emit(String stream, StreamWindows windows, Round round, long timestamp) {
    streams.save(stream, windows);
    for (Clip clip : round.clips()) {
      context.forward(new Record<>(stream, clip, Math.max(0, timestamp)), clipsTo);
    }
    if (windows.reachHasMoved()) {
      frames.reach(stream, windows.run(), windows.reach());
    }
  }
}
