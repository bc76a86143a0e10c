package dev.flamingostreams.clips;

import dev.flamingostreams.schema.Clip;
import dev.flamingostreams.schema.Frame;
import dev.flamingostreams.schema.Ledger;
import dev.flamingostreams.schema.StoredFrames;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/** What one record does to a stream: clips to emit at its end, frames kept, counted and let go. */
final class Round implements FrameRecord.Outcome {
  private final String stream;
  private final StoredFrames frames;
  private final Ledger.Entries ledger;
  private final BiConsumer<Frame, String> rejects;
  private final List<Clip> clips = new ArrayList<>();
  private final List<Long> foreseen = new ArrayList<>();

  /**
   * @param rejects takes an image that cannot be decoded and what is wrong with it
   */
  Round(
      String stream,
      StoredFrames frames,
      Ledger.Entries ledger,
      BiConsumer<Frame, String> rejects) {
    this.stream = stream;
    this.frames = frames;
    this.ledger = ledger;
    this.rejects = rejects;
  }

  @Override
  public void taken(long run, Frame frame) {
    frames.put(stream, run, frame.captureMicros(), frame.image());
  }

  @Override
  public void undecodable(Frame frame, String fault) {
    ledger.count(Fate.UNDECODABLE.label(), 1);
    rejects.accept(frame, fault);
  }

  @Override
  public void clip(Clip clip) {
    clips.add(clip);
  }

  // The image of a frame in a clip is removed by the captions stage.
  @Override
  public void settled(long run, long captureMicros, Fate fate) {
    ledger.count(fate.label(), 1);
    if (fate == Fate.BETWEEN_SAMPLES || fate == Fate.SHORT_WINDOW) {
      frames.delete(stream, run, captureMicros);
    }
  }

  @Override
  public void foreseen(long run, long captureMicros) {
    foreseen.add(captureMicros);
  }

  List<Clip> clips() {
    return clips;
  }

  /** Of the run that is open at the end. */
  List<Long> foreseen() {
    return foreseen;
  }
}
