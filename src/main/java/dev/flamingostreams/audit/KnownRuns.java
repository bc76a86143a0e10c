package dev.flamingostreams.audit;

import java.util.HashMap;
import java.util.Map;

/**
 * The runs of streams whose first frames are gone that are surely runs: what looks like one may be
 * a file that is sent again, whose frames are duplicates of some that are gone. It is one from its
 * first clip on that has a caption or a dead letter.
 */
final class KnownRuns {
  private record Run(CutStream stream, long number) {}

  private final Map<Run, Long> firstClips = new HashMap<>();

  void found(DueClip clip) {
    firstClips.merge(new Run(clip.stream, clip.run), clip.sequence, Math::min);
  }

  /** Whether a clip of which nothing is found must have been cut. */
  boolean has(DueClip clip) {
    Long first = firstClips.get(new Run(clip.stream, clip.run));
    return clip.stream.certainty().isWhole() || (first != null && first < clip.sequence);
  }
}
