package dev.flamingostreams.audit;

import dev.flamingostreams.engine.ClipException;
import dev.flamingostreams.engine.ClipInput;
import dev.flamingostreams.engine.Describer;
import dev.flamingostreams.engine.Description;
import dev.flamingostreams.engine.ModelInfo;
import java.util.concurrent.CompletableFuture;

/** Sees a car in every clip, but cannot describe the one that begins at 7 s. */
public final class FakeDescriber implements Describer {
  private static final long CANNOT = 7_000_000;

  @Override
  public ModelInfo model() {
    return new ModelInfo("fake", "weights", "prompt", "none");
  }

  @Override
  public CompletableFuture<Description> describe(ClipInput clip) {
    return clip.captureMicros()[0] == CANNOT
        ? CompletableFuture.failedFuture(new ClipException(ClipException.Reason.MODEL, "it cannot"))
        : CompletableFuture.completedFuture(new Description("a car", -0.1, 2, false, 0, 0, 0));
  }

  @Override
  public void close() {}
}
