package dev.flamingostreams.captions;

import dev.flamingostreams.engine.ClipInput;
import dev.flamingostreams.engine.Comparison;
import dev.flamingostreams.engine.Describer;
import dev.flamingostreams.engine.Description;
import dev.flamingostreams.engine.EngineUsage;
import dev.flamingostreams.engine.ModelInfo;
import dev.flamingostreams.engine.Signature;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongUnaryOperator;

/** Answers at once, or, when told to hold, only when the test says so; sees what it is told. */
final class FakeDescriber implements Describer {
  private static final Comparison NO_COMPARISON = new Comparison(null, 0);

  final List<ClipInput> asked = new ArrayList<>();
  final List<CompletableFuture<Description>> held = new ArrayList<>();
  final List<byte[]> prepared = new ArrayList<>();
  private final List<Comparison> compared = new ArrayList<>();
  private LongUnaryOperator looks = micros -> 100;
  private String prompt = "p";
  private boolean hold;

  static FakeDescriber holding() {
    FakeDescriber describer = new FakeDescriber();
    describer.hold = true;
    return describer;
  }

  /** What a clip looks like, 1 to 127, by the capture time of its first frame. */
  FakeDescriber looking(LongUnaryOperator at) {
    looks = at;
    return this;
  }

  FakeDescriber prompted(String with) {
    prompt = with;
    return this;
  }

  void answer(int call) {
    held.get(call).complete(description(asked.get(call), compared.get(call)));
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
    return new ModelInfo("fake", "00", prompt, "none");
  }

  @Override
  public CompletableFuture<Description> describe(ClipInput clip) {
    return describe(clip, NO_COMPARISON);
  }

  @Override
  public CompletableFuture<Description> describe(ClipInput clip, Comparison comparison) {
    asked.add(clip);
    compared.add(comparison);
    CompletableFuture<Description> answer =
        hold
            ? new CompletableFuture<>()
            : CompletableFuture.completedFuture(description(clip, comparison));
    held.add(answer);
    return answer;
  }

  @Override
  public void prepare(byte[] image) {
    prepared.add(image);
  }

  @Override
  public EngineUsage usage() {
    return new EngineUsage(40, 30, 12, 5_000, 1_000, 2_000, 3, 10, 4);
  }

  @Override
  public void close() {}

  private Description description(ClipInput clip, Comparison comparison) {
    if (comparison.equals(NO_COMPARISON)) {
      return text(clip);
    }
    byte look = (byte) looks.applyAsLong(clip.captureMicros()[0]);
    ByteBuffer bytes = ByteBuffer.allocate(17).put(new byte[] {1, 1, 1, 1});
    bytes.putLong(prompt.hashCode()).putFloat(1).put(look);
    Signature signature = Signature.fromBytes(bytes.array());
    return comparison.isUnchanged(signature)
        ? Description.unchanged(signature, 1, 2)
        : text(clip).with(signature);
  }

  private static Description text(ClipInput clip) {
    return new Description("from " + clip.captureMicros()[0], -0.1, 3, false, 1, 2, 3);
  }
}
