package dev.flamingostreams.plugin;

import dev.flamingostreams.engine.ClipException;
import dev.flamingostreams.engine.ClipInput;
import dev.flamingostreams.engine.Comparison;
import dev.flamingostreams.engine.Describer;
import dev.flamingostreams.engine.Description;
import dev.flamingostreams.engine.EngineUsage;
import dev.flamingostreams.engine.ModelInfo;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A model that loads while the host runs already, a moment after the first task of ours starts.
 * Clips wait for it as they wait for a busy one. When it cannot be loaded, or has failed too often
 * in a row, every clip fails as {@code disabled}.
 */
final class BackgroundDescriber implements Describer {
  /** These are the clip's fault. */
  private static final Set<ClipException.Reason> INNOCENT =
      Set.of(ClipException.Reason.UNDECODABLE, ClipException.Reason.LOST);

  private final Supplier<? extends Describer> source;
  private final Duration after;
  private final int mostFailures;
  private final Switch lights;
  private final AtomicBoolean begun = new AtomicBoolean();
  private final CompletableFuture<Describer> model = new CompletableFuture<>();
  private final AtomicInteger failuresInRow = new AtomicInteger();

  /**
   * @param after it is first called for: a host's first records come then, and a clip needs time to
   *     fill
   */
  BackgroundDescriber(
      Supplier<? extends Describer> source, Duration after, int mostFailures, Switch lights) {
    this.source = source;
    this.after = after;
    this.mostFailures = mostFailures;
    this.lights = lights;
  }

  /** One that is switched off from the start. */
  static BackgroundDescriber unable(Switch lights, String why) {
    lights.giveUp(why);
    BackgroundDescriber describer =
        new BackgroundDescriber(
            () -> {
              throw new IllegalStateException("it is not loaded");
            },
            Duration.ZERO,
            1,
            lights);
    describer.model.completeExceptionally(disabled());
    return describer;
  }

  /** Begins to load it, when first called: a host that starts has enough to load. */
  BackgroundDescriber loading() {
    if (!begun.getAndSet(true) && !model.isDone()) {
      CompletableFuture.delayedExecutor(
              after.toMillis(), TimeUnit.MILLISECONDS, BackgroundDescriber::start)
          .execute(this::open);
    }
    return this;
  }

  private static void start(Runnable work) {
    Thread thread = new Thread(work, "flamingo-model");
    thread.setDaemon(true);
    thread.start();
  }

  private void open() {
    try {
      model.complete(source.get());
    } catch (Throwable e) { // the thread is ours, and natives fail in many ways
      lights.giveUp("its model cannot be loaded (%s)".formatted(e.getMessage()));
      model.completeExceptionally(e);
    }
  }

  /** Of a model that is loaded: no caption comes before. */
  @Override
  public ModelInfo model() {
    return model.join().model();
  }

  /** Nothing is encoded ahead of a model that is not there. */
  @Override
  public void prepare(byte[] image) {
    if (isReady()) {
      model.join().prepare(image);
    }
  }

  @Override
  public EngineUsage usage() {
    return isReady() ? model.join().usage() : EngineUsage.NONE;
  }

  private boolean isReady() {
    return model.isDone() && !model.isCompletedExceptionally();
  }

  @Override
  public CompletableFuture<Description> describe(ClipInput clip) {
    return describeWith(loaded -> loaded.describe(clip));
  }

  @Override
  public CompletableFuture<Description> describe(ClipInput clip, Comparison comparison) {
    return describeWith(loaded -> loaded.describe(clip, comparison));
  }

  private CompletableFuture<Description> describeWith(
      Function<Describer, CompletableFuture<Description>> work) {
    CompletableFuture<Description> answer = new CompletableFuture<>();
    CompletableFuture<?> unused =
        model.whenComplete(
            (loaded, fault) -> {
              if (fault != null || lights.isOff()) {
                answer.completeExceptionally(disabled());
              } else if (!answer.isDone()) {
                submit(() -> work.apply(loaded), answer);
              }
            });
    return answer;
  }

  private void submit(
      Supplier<CompletableFuture<Description>> work, CompletableFuture<Description> answer) {
    CompletableFuture<Description> inner = OwnLoader.call(work);
    giveUpWith(answer, inner);
    CompletableFuture<?> unused =
        inner.whenComplete(
            (description, fault) -> {
              count(fault);
              if (fault == null) {
                answer.complete(description);
              } else {
                answer.completeExceptionally(fault);
              }
            });
  }

  private static void giveUpWith(CompletableFuture<?> answer, CompletableFuture<?> inner) {
    CompletableFuture<?> unused =
        answer.whenComplete(
            (description, fault) -> {
              if (fault != null) {
                inner.completeExceptionally(fault);
              }
            });
  }

  private void count(@Nullable Throwable fault) {
    if (fault == null) {
      failuresInRow.set(0);
    } else if (!isInnocent(fault) && failuresInRow.incrementAndGet() >= mostFailures) {
      lights.giveUp(
          "its model has failed %d times in a row, at last with: %s"
              .formatted(mostFailures, fault.getMessage()));
    }
  }

  // What is cancelled was not waited for: its task has moved, or the host stops.
  private static boolean isInnocent(Throwable fault) {
    return fault instanceof CancellationException
        || (fault instanceof ClipException known && INNOCENT.contains(known.reason()));
  }

  private static ClipException disabled() {
    return new ClipException(ClipException.Reason.DISABLED, "description is switched off");
  }

  @Override
  public void close() {
    CompletableFuture<?> unused = model.thenAccept(Describer::close);
  }
}
