package dev.flamingostreams.cli;

import dev.flamingostreams.dashboard.ClipTimes;
import dev.flamingostreams.engine.ClipException;
import dev.flamingostreams.engine.ClipInput;
import dev.flamingostreams.engine.Comparison;
import dev.flamingostreams.engine.Describer;
import dev.flamingostreams.engine.Description;
import dev.flamingostreams.engine.EngineUsage;
import dev.flamingostreams.engine.ModelInfo;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A describer whose times and failures are measured. */
final class MeasuredDescriber implements Describer {
  private final Describer describer;
  private final ClipTimes times;

  MeasuredDescriber(Describer describer, ClipTimes times) {
    this.describer = describer;
    this.times = times;
  }

  @Override
  public ModelInfo model() {
    return describer.model();
  }

  @Override
  public CompletableFuture<Description> describe(ClipInput clip) {
    return measured(describer.describe(clip));
  }

  @Override
  public CompletableFuture<Description> describe(ClipInput clip, Comparison comparison) {
    return measured(describer.describe(clip, comparison));
  }

  @Override
  public void prepare(byte[] image) {
    describer.prepare(image);
  }

  @Override
  public EngineUsage usage() {
    return describer.usage();
  }

  @Override
  public void close() {
    describer.close();
  }

  // The describer's own future: whoever cancels it cancels the clip.
  private CompletableFuture<Description> measured(CompletableFuture<Description> answer) {
    CompletableFuture<?> unused = answer.whenComplete(this::record);
    return answer;
  }

  private void record(@Nullable Description description, @Nullable Throwable failure) {
    if (description != null && description.unchanged()) {
      times.unchanged(description.queueMicros(), description.visionMicros());
    } else if (description != null) {
      times.described(
          description.queueMicros(), description.visionMicros(), description.decodeMicros());
    } else if (failure != null && !(failure instanceof CancellationException)) {
      times.failed(ClipException.reasonOf(failure).label());
    }
  }
}
