package dev.flamingostreams.audit;

import dev.flamingostreams.schema.Clip;

/** A clip that must have one caption or one dead letter. */
final class DueClip {
  final String id;
  final CutStream stream;
  final long run;

  /** Hash of the capture times that it shows. */
  final int frames;

  /** Among the clips of its stream, in the order in which they close. */
  final long sequence;

  final boolean certain;

  /** The record that closed it, the last of them if it was cut several times. */
  Place closedBy;

  long closedAtMillis;

  /** Aligned to the epoch, a camera whose clock was set back has the same clip again. */
  int times = 1;

  DueClip(
      Clip clip,
      CutStream stream,
      long sequence,
      boolean certain,
      Place closedBy,
      long closedAtMillis) {
    id = clip.id();
    run = clip.run();
    frames = clip.frameMicros().hashCode();
    this.stream = stream;
    this.sequence = sequence;
    this.certain = certain;
    this.closedBy = closedBy;
    this.closedAtMillis = closedAtMillis;
  }

  void again(Place by, long atMillis) {
    closedBy = by;
    closedAtMillis = atMillis;
    times++;
  }

  @Override
  public String toString() {
    return "%s, closed by %s".formatted(id, closedBy);
  }
}
