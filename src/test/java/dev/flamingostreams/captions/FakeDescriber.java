package dev.flamingostreams.captions;

import dev.flamingostreams.engine.ClipInput;
import dev.flamingostreams.engine.Describer;
import dev.flamingostreams.engine.Description;
import dev.flamingostreams.engine.EngineUsage;
import dev.flamingostreams.engine.ModelInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Answers at once, or, when told to hold, only when the test says so. */
final class FakeDescriber implements Describer {
  final List<ClipInput> asked = new ArrayList<>();
  final List<CompletableFuture<Description>> held = new ArrayList<>();
  final List<byte[]> prepared = new ArrayList<>();
  private boolean hold;

  static FakeDescriber holding() {
    FakeDescriber describer = new FakeDescriber();
    describer.hold = true;
    return describer;
  }

  void answer(int call) {
    held.get(call).complete(text(asked.get(call)));
  }

  /** From now on, and for what is held too. */
  void answerAll() {
    hold = false;
    for (int call = 0; call < held.size(); call++) {
      answer(call);
    }
  }

  @Override
  public ModelInfo model() {
    return new ModelInfo("fake", "00", "p", "none");
  }

  @Override
  public CompletableFuture<Description> describe(ClipInput clip) {
    asked.add(clip);
    CompletableFuture<Description> answer =
        hold ? new CompletableFuture<>() : CompletableFuture.completedFuture(text(clip));
    held.add(answer);
    return answer;
  }

  @Override
  public void prepare(byte[] image) {
    prepared.add(image);
  }

  @Override
  public EngineUsage usage() {
    return new EngineUsage(40, 30, 12, 1_000, 2_000, 3, 10, 4);
  }

  @Override
  public void close() {}

  private static Description text(ClipInput clip) {
    return new Description("from " + clip.captureMicros()[0], -0.1, 3, false, 1, 2, 3);
  }
}
