package dev.flamingostreams.bench.streams;

import dev.flamingostreams.engine.ClipInput;
import dev.flamingostreams.engine.Describer;
import dev.flamingostreams.engine.Description;
import dev.flamingostreams.engine.ModelInfo;
import java.util.concurrent.CompletableFuture;

/** Describes at no cost, to measure everything else. */
final class FreeDescriber implements Describer {
  private static final Description NOTHING = new Description("nothing", 0, 1, false, 0, 0, 0);

  @Override
  public ModelInfo model() {
    return new ModelInfo("free", "", "", "none");
  }

  @Override
  public CompletableFuture<Description> describe(ClipInput clip) {
    return CompletableFuture.completedFuture(NOTHING);
  }

  @Override
  public void close() {}
}
