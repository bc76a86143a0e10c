package dev.flamingostreams.captions;

import dev.flamingostreams.engine.Description;
import dev.flamingostreams.engine.ModelInfo;
import dev.flamingostreams.schema.Caption;
import dev.flamingostreams.schema.Clip;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What travels on when a clip has been described. */
public final class Captions {
  private Captions() {}

  public static Caption of(Clip clip, Description description, ModelInfo model) {
    return of(PendingClip.of(clip, 0), description, model);
  }

  static Caption of(PendingClip pending, Description description, ModelInfo model) {
    Clip clip = pending.clip();
    List<Long> shown = pending.shown();
    return new Caption(
        clip.stream(),
        clip.id(),
        clip.startMicros(),
        clip.endMicros(),
        shown.size(),
        shown,
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
        timing(description),
        clip.flushed(),
        thinned(pending),
        null);
  }

  /** What an earlier caption says, said of a clip that looks the same. */
  static Caption repeated(PendingClip pending, Caption earlier, Description unchanged) {
    Clip clip = pending.clip();
    List<Long> shown = pending.shown();
    return new Caption(
        clip.stream(),
        clip.id(),
        clip.startMicros(),
        clip.endMicros(),
        shown.size(),
        shown,
        earlier.text(),
        earlier.meanLogProbability(),
        earlier.unsure(),
        earlier.labels(),
        earlier.turns(),
        earlier.model(),
        earlier.weights(),
        earlier.prompt(),
        earlier.engine(),
        timing(unchanged),
        clip.flushed(),
        thinned(pending),
        earlier.clip());
  }

  private static Caption.Timing timing(Description description) {
    return new Caption.Timing(
        description.queueMicros(), description.visionMicros(), description.decodeMicros());
  }

  private static Caption.@Nullable Thinned thinned(PendingClip pending) {
    Thinning thinning = pending.thinning();
    return thinning == null
        ? null
        : new Caption.Thinned(pending.clip().frameMicros().size(), thinning.hop());
  }
}
