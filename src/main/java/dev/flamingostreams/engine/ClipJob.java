package dev.flamingostreams.engine;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A clip on its way through the engine. Without a task only its latents are asked for. */
final class ClipJob {
  private final ClipInput clip;
  private final @Nullable PreparedTask task;
  private final int place;
  private final @Nullable Comparison comparison;
  private final long author;
  private final CompletableFuture<Outcome> outcome = new CompletableFuture<>();
  private final long submittedNanos = System.nanoTime();
  private volatile long startedNanos = submittedNanos;
  private volatile boolean alone;

  private ClipJob(
      ClipInput clip,
      @Nullable PreparedTask task,
      int place,
      @Nullable Comparison comparison,
      long author) {
    this.clip = clip;
    this.task = task;
    this.place = place;
    this.comparison = comparison;
    this.author = author;
  }

  ClipJob(ClipInput clip, PreparedTask task) {
    this(clip, task, task.prompt().media() - 1, null, 0);
  }

  /**
   * Not to be described if it looks as an earlier clip did.
   *
   * @param author of the description
   */
  ClipJob(ClipInput clip, PreparedTask task, Comparison comparison, long author) {
    this(clip, task, task.prompt().media() - 1, comparison, author);
  }

  /** An example, which is that media of its prompt, from 0. */
  static ClipJob example(ClipInput clip, int place) {
    return new ClipJob(clip, null, place, null, 0);
  }

  /**
   * What the model made of a clip.
   *
   * @param latents {@code [R, D]}; none of a clip that is unchanged
   * @param signature of a clip that was compared
   * @param unchanged whether it was not described for that
   */
  record Outcome(
      float[] latents,
      Reply reply,
      long queueNanos,
      long visionNanos,
      long decodeNanos,
      @Nullable Signature signature,
      boolean unchanged) {

    Outcome(float[] latents, Reply reply, long queueNanos, long visionNanos, long decodeNanos) {
      this(latents, reply, queueNanos, visionNanos, decodeNanos, null, false);
    }

    static Outcome unchanged(Signature signature, long queueNanos, long visionNanos) {
      return new Outcome(new float[0], Reply.NONE, queueNanos, visionNanos, 0, signature, true);
    }
  }

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

  @Nullable Comparison comparison() {
    return comparison;
  }

  long author() {
    return author;
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
