package dev.flamingostreams.faults;

import dev.flamingostreams.clips.Fate;
import dev.flamingostreams.clips.StreamWindows;
import dev.flamingostreams.schema.Clip;
import java.util.ArrayList;
import java.util.List;

/** The clips that windows let out. */
final class Due implements StreamWindows.Outcome {
  private final List<Clip> clips = new ArrayList<>();

  @Override
  public synchronized void clip(Clip clip) {
    clips.add(clip);
  }

  @Override
  public void settled(long run, long captureMicros, Fate fate) {}

  synchronized List<Clip> clips() {
    return List.copyOf(clips);
  }
}
