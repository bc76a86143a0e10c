package dev.flamingostreams.frames;

import java.util.OptionalLong;

/** What somebody who watches an ingest hears of it; called by several threads at once. */
public interface IngestProgress {
  /** Says nothing. */
  IngestProgress SILENT = new IngestProgress() {};

  /** A camera is connected, for the first time or again; without duration it has no end. */
  default void opened(Camera camera, OptionalLong durationMicros) {}

  /**
   * Called for every frame.
   *
   * @param frames of that camera so far
   * @param videoMicros where in the video they have come to
   */
  default void sent(Camera camera, long frames, long videoMicros) {}

  /** One line for a person: it goes on after its last frame, is cut off, is connected again. */
  default void note(Camera camera, String line) {}

  default void ended(Outcome outcome) {}
}
