package dev.flamingostreams.clips;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flamingostreams.clips.ClipRules.Align;
import dev.flamingostreams.schema.Clip;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Collects what {@link StreamWindows} does; times in milliseconds. */
final class Cuts implements StreamWindows.Outcome {
  final List<Clip> clips = new ArrayList<>();
  final Map<Fate, Integer> fates = new EnumMap<>(Fate.class);
  final Set<Long> foreseen = new TreeSet<>();
  private final Set<String> foreseenOfRuns = new HashSet<>();

  @Override
  public void clip(Clip clip) {
    clips.add(clip);
  }

  @Override
  public void settled(long run, long captureMicros, Fate fate) {
    fates.merge(fate, 1, Integer::sum);
  }

  @Override
  public void foreseen(long run, long captureMicros) {
    assertThat(foreseenOfRuns.add(run + ":" + captureMicros))
        .as("%d is foreseen once", captureMicros)
        .isTrue();
    foreseen.add(captureMicros);
  }

  /** Start of each clip. */
  List<Long> starts() {
    return clips.stream().map(clip -> clip.startMicros() / 1_000).toList();
  }

  /** Frames of a clip. */
  List<Long> frames(int clip) {
    return clips.get(clip).frameMicros().stream().map(micros -> micros / 1_000).toList();
  }

  /** Sends frames in this order, looking for due windows after each. */
  Cuts send(StreamWindows windows, long... millis) {
    for (long time : millis) {
      windows.frame(time * 1_000, 1, this);
      windows.closeDue(this);
      windows.foresee(this);
    }
    return this;
  }

  /** Frames of all clips, each once, in microseconds. */
  Set<Long> picked() {
    Set<Long> picked = new TreeSet<>();
    clips.forEach(clip -> picked.addAll(clip.frameMicros()));
    return picked;
  }

  Cuts end(StreamWindows windows) {
    windows.end(this);
    return this;
  }

  static ClipRules rules(
      long length, long hop, double rate, int least, long grace, long gap, Align align) {
    return new ClipRules(
        Duration.ofMillis(length),
        Duration.ofMillis(hop),
        rate,
        least,
        30,
        Duration.ofMillis(grace),
        Duration.ofMillis(gap),
        align,
        Duration.ZERO);
  }
}
