package dev.flamingostreams.plugin;

import dev.flamingostreams.engine.ClipException;
import dev.flamingostreams.engine.ClipInput;
import dev.flamingostreams.engine.Describer;
import dev.flamingostreams.engine.Description;
import dev.flamingostreams.engine.ModelInfo;
import java.util.concurrent.CompletableFuture;

/**
 * Says how many frames it saw, surely or not; a clip that begins at {@code failsAtMicros} it cannot
 * describe.
 */
record FakeDescriber(long failsAtMicros, boolean unsure) implements Describer {

  FakeDescriber(long failsAtMicros) {
    this(failsAtMicros, false);
  }

  @Override
  public ModelInfo model() {
    return new ModelInfo("fake", "weights", "prompt", "none");
  }

  @Override
  public CompletableFuture<Description> describe(ClipInput clip) {
    return clip.captureMicros()[0] == failsAtMicros
        ? CompletableFuture.failedFuture(new ClipException("model", "it cannot"))
        : CompletableFuture.completedFuture(
            new Description(
                "a car in %d frames".formatted(clip.images().size()), -0.1, 6, unsure, 0, 0, 0));
  }

  @Override
  public void close() {}
}
