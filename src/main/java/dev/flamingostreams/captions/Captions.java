package dev.flamingostreams.captions;

import dev.flamingostreams.engine.Description;
import dev.flamingostreams.engine.ModelInfo;
import dev.flamingostreams.schema.Caption;
import dev.flamingostreams.schema.Clip;

/** What travels on when a clip has been described. */
public final class Captions {
  private Captions() {}

  public static Caption of(Clip clip, Description description, ModelInfo model) {
    return new Caption(
        clip.stream(),
        clip.id(),
        clip.startMicros(),
        clip.endMicros(),
        clip.frameMicros().size(),
        clip.frameMicros(),
        description.text(),
        description.meanLogProbability(),
        description.unsure(),
        model.id(),
        model.weightsHash(),
        model.promptId(),
        model.engine(),
        new Caption.Timing(
            description.queueMicros(), description.visionMicros(), description.decodeMicros()),
        clip.flushed());
  }
}
