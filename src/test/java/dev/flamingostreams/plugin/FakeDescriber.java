package dev.flamingostreams.plugin;

import dev.flamingostreams.engine.ClipException;
import dev.flamingostreams.engine.ClipInput;
import dev.flamingostreams.engine.Describer;
import dev.flamingostreams.engine.Description;
import dev.flamingostreams.engine.ModelInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Says how many frames it saw, surely or not; a clip that begins at {@code failsAtMicros} it cannot
 * describe.
 */
record FakeDescriber(long failsAtMicros, boolean unsure, List<byte[]> prepared)
    implements Describer {

  FakeDescriber(long failsAtMicros) {
    this(failsAtMicros, false);
  }

  FakeDescriber(long failsAtMicros, boolean unsure) {
    this(failsAtMicros, unsure, new ArrayList<>());
  }

  @Override
  public ModelInfo model() {
    return new ModelInfo("fake", "weights", "prompt", "none");
  }

  @Override
  public CompletableFuture<Description> describe(ClipInput clip) {
    return clip.captureMicros()[0] == failsAtMicros
        ? CompletableFuture.failedFuture(new ClipException(ClipException.Reason.MODEL, "it cannot"))
        : CompletableFuture.completedFuture(
            new Description(
                "a car in %d frames".formatted(clip.images().size()), -0.1, 6, unsure, 0, 0, 0));
  }

  @Override
  public void prepare(byte[] image) {
    prepared.add(image);
  }

  @Override
  public void close() {}
}
