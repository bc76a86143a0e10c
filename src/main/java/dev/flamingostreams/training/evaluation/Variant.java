package dev.flamingostreams.training.evaluation;

import dev.flamingostreams.flamingo.FrameTiming;

/** How a clip is shown: which frames of the video, and what the model is told of their times. */
enum Variant {
  PLAIN("plain", Cut.EVEN, FrameTiming.CLOCK),
  JITTERED("jittered", Cut.JITTERED, FrameTiming.CLOCK),
  DROPPED("dropped", Cut.DROPPED, FrameTiming.CLOCK),
  WITHOUT_TIMES("withoutTimes", Cut.EVEN, FrameTiming.NONE),
  SHUFFLED("shuffled", Cut.SHUFFLED, FrameTiming.CLOCK),
  JITTERED_BY_INDEX("jitteredByIndex", Cut.JITTERED, FrameTiming.INDEX),
  DROPPED_BY_INDEX("droppedByIndex", Cut.DROPPED, FrameTiming.INDEX);

  private final String key;
  private final Cut cut;
  private final FrameTiming timing;

  Variant(String key, Cut cut, FrameTiming timing) {
    this.key = key;
    this.cut = cut;
    this.timing = timing;
  }

  /** Key of the report. */
  String key() {
    return key;
  }

  Cut cut() {
    return cut;
  }

  FrameTiming timing() {
    return timing;
  }
}
