package dev.flamingostreams.clips;

import dev.flamingostreams.schema.Clip;
import dev.flamingostreams.schema.Ledger;
import dev.flamingostreams.schema.StoredFrames;
import java.util.ArrayList;
import java.util.List;

/** What one record does to a stream: clips to emit at its end, frames counted and let go. */
final class Round implements StreamWindows.Outcome {
  private final String stream;
  private final StoredFrames frames;
  private final Ledger.Entries ledger;
  private final List<Clip> clips = new ArrayList<>();
  private final List<Long> foreseen = new ArrayList<>();

  Round(String stream, StoredFrames frames, Ledger.Entries ledger) {
    this.stream = stream;
    this.frames = frames;
    this.ledger = ledger;
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
