package dev.flamingostreams.training.evaluation;

import dev.flamingostreams.engine.ClipInput;
import dev.flamingostreams.engine.Description;
import dev.flamingostreams.engine.Task;
import dev.flamingostreams.flamingo.FrameTiming;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Questions on their way. Many at a time, so that the engine can batch, but not without bound. */
final class Interview {
  private static final int MOST_ASKED = 512;
  private static final long MOST_BYTES = 64L << 20;
  private static final int MOST_REASONS = 20;

  private final Examinee examinee;
  private final Queue<Asked> asked = new ArrayDeque<>();
  private final Map<String, Integer> failures = new TreeMap<>();
  private long bytes;

  private record Asked(
      CompletableFuture<Description> answer,
      long bytes,
      Consumer<@Nullable Description> listener) {}

  Interview(Examinee examinee) {
    this.examinee = examinee;
  }

  /** Whether the model's tokenizer has every word of a text. */
  boolean canRead(String text) {
    return examinee.reads(text);
  }

  /**
   * Asks one thing.
   *
   * @param listener is given the answer in this thread, later; null if there is none
   */
  void ask(
      Task task, FrameTiming timing, ClipInput clip, Consumer<@Nullable Description> listener) {
    long size = clip.images().stream().mapToLong(image -> image.length).sum();
    asked.add(new Asked(examinee.ask(task, timing, clip), size, listener));
    bytes += size;
    while (asked.size() > MOST_ASKED || bytes > MOST_BYTES) {
      hearOldest();
    }
  }

  /** Waits for all answers. */
  void finish() {
    while (!asked.isEmpty()) {
      hearOldest();
    }
  }

  /** How often questions failed, by reason. */
  Map<String, Integer> failures() {
    return failures;
  }

  private void hearOldest() {
    Asked oldest = asked.remove();
    bytes -= oldest.bytes;
    oldest.listener.accept(answer(oldest.answer));
  }

  private @Nullable Description answer(CompletableFuture<Description> future) {
    try {
      return future.join();
    } catch (CompletionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      fail(cause.getMessage() == null ? cause.toString() : cause.getMessage());
    } catch (CancellationException e) {
      fail("cancelled");
    }
    return null; // counted by the listener too
  }

  private void fail(String reason) {
    boolean room = failures.containsKey(reason) || failures.size() < MOST_REASONS;
    failures.merge(room ? reason : "other", 1, Integer::sum);
  }
}
