package dev.flamingostreams.training.evaluation;

import dev.flamingostreams.engine.Description;
import org.jspecify.annotations.Nullable;

/**
 * What a model said of a clip.
 *
 * @param frames that were asked for; those dropped are among them
 * @param description null if it failed
 */
record Outcome(
    Subject subject,
    Variant variant,
    int frames,
    Verdict verdict,
    @Nullable Description description) {

  static Outcome of(
      Subject subject, Variant variant, int frames, @Nullable Description description) {
    String text = description == null ? "" : description.text();
    Verdict verdict = subject.scene() == null ? Verdict.none() : Verdict.of(subject.scene(), text);
    return new Outcome(subject, variant, frames, verdict, description);
  }

  boolean isExact() {
    return verdict.exact();
  }

  boolean isUnsure() {
    return description != null && description.unsure();
  }

  boolean isFailed() {
    return description == null;
  }
}
