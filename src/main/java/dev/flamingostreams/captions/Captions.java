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
        description.labels().stream()
            .map(one -> new Caption.Label(one.text(), one.logProbability(), one.probability()))
            .toList(),
        description.turns().stream()
            .map(turn -> new Caption.Turn(turn.question(), turn.answer()))
            .toList(),
        model.id(),
        model.weightsHash(),
        model.promptId(),
        model.engine(),
        new Caption.Timing(
            description.queueMicros(), description.visionMicros(), description.decodeMicros()),
        clip.flushed());
  }
}
