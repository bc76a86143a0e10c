package dev.flamingostreams.engine;

import java.util.Locale;
import java.util.concurrent.CompletionException;

/** One clip could not be described. */
public class ClipException extends Exception {
  private static final long serialVersionUID = 1L;

  /** Why, short and fit for a header or a metric. */
  public enum Reason {
    /** An image cannot be decoded. */
    UNDECODABLE,
    /** An image is gone. */
    LOST,
    /** The model failed. */
    MODEL,
    /** The model was too slow. */
    TIMEOUT,
    /** A process ended, or lost the task, with the clip in flight, more than once. */
    CRASH,
    /** Too many clips were pending. */
    OVERLOADED,
    /** The topology lagged. */
    LAGGING,
    /** The model was switched off before. */
    DISABLED;

    /** As headers and metrics have it. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private final Reason reason;

  public ClipException(Reason reason, String message, Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  public ClipException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  /** The reason of whatever a describer's answer failed with. */
  public static Reason reasonOf(Throwable failure) {
    return cause(failure) instanceof ClipException known ? known.reason : Reason.MODEL;
  }

  /** What an answer failed with, without what futures wrap it in. */
  public static Throwable cause(Throwable failure) {
    return failure instanceof CompletionException && failure.getCause() != null
        ? failure.getCause()
        : failure;
  }

  public Reason reason() {
    return reason;
  }
}
