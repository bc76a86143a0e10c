package dev.flamingostreams.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flamingostreams.engine.ClipException;
import dev.flamingostreams.engine.ClipInput;
import dev.flamingostreams.engine.Describer;
import dev.flamingostreams.engine.Description;
import dev.flamingostreams.engine.ModelInfo;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BackgroundDescriberTest {
  private static final ClipInput CLIP = clip(1);
  private static final ClipInput WORSE = clip(2);

  private final Queue<String> said = new ConcurrentLinkedQueue<>();
  private final Switch lights = new Switch("video description 'yard' of host", said::add);

  @Test
  void clipsWaitForTheModelAndAreDescribedThen() throws Exception {
    CountDownLatch loaded = new CountDownLatch(1);
    Describer describer =
        loading(
            () -> {
              await(loaded);
              return new FakeDescriber(-1);
            },
            3);
    CompletableFuture<Description> answer = describer.describe(CLIP);
    assertThat(answer).isNotDone();
    loaded.countDown();
    assertThat(answer.get().text()).startsWith("a car");
    assertThat(describer.model().id()).isEqualTo("fake");
    assertThat(said).isEmpty();
  }

  @Test
  void itIsLoadedOnceAndNotBeforeItIsTimeTo() {
    AtomicInteger loaded = new AtomicInteger();
    BackgroundDescriber describer =
        new BackgroundDescriber(
            () -> {
              loaded.incrementAndGet();
              return new FakeDescriber(-1);
            },
            Duration.ofMillis(50),
            3,
            lights);
    CompletableFuture<Description> answer = describer.describe(CLIP);
    assertThat(loaded).hasValue(0);
    assertThat(describer.loading().loading()).isSameAs(describer);
    assertThat(answer.join().text()).startsWith("a car");
    assertThat(loaded).hasValue(1);
  }

  @Test
  void aModelThatCannotBeLoadedDisablesEveryClip() {
    Describer describer =
        loading(
            () -> {
              throw new IllegalStateException("no weights");
            },
            3);
    assertThat(reason(describer.describe(CLIP))).isEqualTo("disabled");
    assertThat(reason(describer.describe(CLIP))).isEqualTo("disabled");
    assertThat(said)
        .containsExactly(
            "video description 'yard' of host has switched itself off: its model cannot be loaded (no weights); its clips are dead letters with reason disabled until the application restarts");
  }

  @Test
  void afterFailuresInARowTheModelIsSwitchedOff() {
    Describer describer = loading(() -> new FakeDescriber(2), 3);
    assertThat(reason(describer.describe(WORSE))).isEqualTo("model");
    assertThat(reason(describer.describe(WORSE))).isEqualTo("model");
    assertThat(describer.describe(CLIP).join().text()).startsWith("a car");
    for (int i = 0; i < 3; i++) {
      assertThat(reason(describer.describe(WORSE))).isEqualTo("model");
    }
    assertThat(reason(describer.describe(CLIP))).isEqualTo("disabled");
    assertThat(said)
        .containsExactly(
            "video description 'yard' of host has switched itself off: its model has failed 3 times in a row, at last with: it cannot; its clips are dead letters with reason disabled until the application restarts");
  }

  @Test
  void clipsThatNobodyWaitsForAnyMoreAreNoFailures() {
    Silent model = new Silent();
    Describer describer = loading(() -> model, 3);
    List<CompletableFuture<Description>> answers = askedOnceLoaded(describer, 5);
    answers.forEach(answer -> answer.cancel(true));
    assertThat(model.asked).allMatch(CompletableFuture::isCancelled);
    assertThat(said).isEmpty();
    assertThat(describer.describe(CLIP)).isNotDone();
  }

  @Test
  void oneThatIsUnableSaysWhyAtOnce() {
    Describer describer = BackgroundDescriber.unable(lights, "there is no model");
    assertThat(said).singleElement().asString().contains("off: there is no model; its clips");
    assertThat(reason(describer.describe(CLIP))).isEqualTo("disabled");
  }

  @Test
  void clipsThatAreGivenUpAreFailures() {
    Silent model = new Silent();
    Describer describer = loading(() -> model, 3);
    List<CompletableFuture<Description>> answers = askedOnceLoaded(describer, 3);
    ClipException late = new ClipException(ClipException.Reason.TIMEOUT, "no answer");
    answers.forEach(answer -> answer.completeExceptionally(late));
    assertThat(model.asked).allMatch(CompletableFuture::isCompletedExceptionally);
    assertThat(said).singleElement().asString().contains("has failed 3 times in a row");
    assertThat(reason(describer.describe(CLIP))).isEqualTo("disabled");
  }

  private static List<CompletableFuture<Description>> askedOnceLoaded(
      Describer describer, int clips) {
    assertThat(describer.model().id()).as("loaded").isEqualTo("silent");
    return Stream.generate(() -> describer.describe(CLIP)).limit(clips).toList();
  }

  /** Answers nothing. */
  private static final class Silent implements Describer {
    private final Queue<CompletableFuture<Description>> asked = new ConcurrentLinkedQueue<>();

    @Override
    public ModelInfo model() {
      return new ModelInfo("silent", "weights", "prompt", "none");
    }

    @Override
    public CompletableFuture<Description> describe(ClipInput clip) {
      CompletableFuture<Description> answer = new CompletableFuture<>();
      asked.add(answer);
      return answer;
    }

    @Override
    public void close() {}
  }

  private static String reason(CompletableFuture<?> answer) {
    Throwable fault = answer.handle((description, thrown) -> thrown).join();
    Throwable cause = fault instanceof CompletionException ? fault.getCause() : fault;
    return cause instanceof ClipException clip ? clip.reason().label() : "none: " + fault;
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static ClipInput clip(long micros) {
    return new ClipInput(List.of(new byte[1]), new long[] {micros});
  }

  private BackgroundDescriber loading(Supplier<? extends Describer> model, int failures) {
    return new BackgroundDescriber(model, Duration.ZERO, failures, lights).loading();
  }
}
