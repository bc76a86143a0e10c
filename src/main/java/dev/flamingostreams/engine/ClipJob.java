package dev.flamingostreams.engine;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A clip on its way through the engine. Without a prompt only its latents are asked for. */
final class ClipJob {
  private final ClipInput clip;
  private final @Nullable PreparedPrompt prompt;
  private final CompletableFuture<Outcome> outcome = new CompletableFuture<>();
  private final long submittedNanos = System.nanoTime();
  private volatile long startedNanos = submittedNanos;
  private volatile boolean alone;

  ClipJob(ClipInput clip, @Nullable PreparedPrompt prompt) {
    this.clip = clip;
    this.prompt = prompt;
  }

  /**
   * What the model made of a clip.
   *
   * @param latents {@code [R, D]}
   * @param tokens {@code [N]}, and their log-probabilities; empty without a prompt
   */
  record Outcome(
      float[] latents,
      int[] tokens,
      float[] logProbabilities,
      long queueNanos,
      long visionNanos,
      long decodeNanos) {}

  ClipInput clip() {
    return clip;
  }

  int frames() {
    return clip.images().size();
  }

  /** Which media of its prompt the clip is, from 0. */
  int place() {
    return prompt == null ? 0 : prompt.media() - 1;
  }

  @Nullable PreparedPrompt prompt() {
    return prompt;
  }

  CompletableFuture<Outcome> outcome() {
    return outcome;
  }

  /** Whether two clips can be computed together. */
  boolean fits(ClipJob other) {
    return !alone && !other.alone && frames() == other.frames() && prompt == other.prompt;
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
