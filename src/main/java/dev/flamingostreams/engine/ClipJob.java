package dev.flamingostreams.engine;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A clip on its way through the engine. Without a task only its latents are asked for. */
final class ClipJob {
  private final ClipInput clip;
  private final @Nullable PreparedTask task;
  private final int place;
  private final CompletableFuture<Outcome> outcome = new CompletableFuture<>();
  private final long submittedNanos = System.nanoTime();
  private volatile long startedNanos = submittedNanos;
  private volatile boolean alone;

  private ClipJob(ClipInput clip, @Nullable PreparedTask task, int place) {
    this.clip = clip;
    this.task = task;
    this.place = place;
  }

  ClipJob(ClipInput clip, PreparedTask task) {
    this(clip, task, task.prompt().media() - 1);
  }

  /** An example, which is that media of its prompt, from 0. */
  static ClipJob example(ClipInput clip, int place) {
    return new ClipJob(clip, null, place);
  }

  /**
   * What the model made of a clip.
   *
   * @param latents {@code [R, D]}
   */
  record Outcome(
      float[] latents, Reply reply, long queueNanos, long visionNanos, long decodeNanos) {}

  ClipInput clip() {
    return clip;
  }

  int frames() {
    return clip.images().size();
  }

  /** Which media of its prompt the clip is, from 0. */
  int place() {
    return place;
  }

  @Nullable PreparedTask task() {
    return task;
  }

  CompletableFuture<Outcome> outcome() {
    return outcome;
  }

  /** Whether two clips can be computed together. */
  boolean fits(ClipJob other) {
    return !alone && !other.alone && frames() == other.frames() && task == other.task;
  }

  /** To be tried once more by itself, after its batch failed. */
  void setAlone() {
    alone = true;
  }

  boolean isAlone() {
    return alone;
  }

  long submittedNanos() {
    return submittedNanos;
  }

  void start() {
    startedNanos = System.nanoTime();
  }

  long queueNanos() {
    return startedNanos - submittedNanos;
  }
}
