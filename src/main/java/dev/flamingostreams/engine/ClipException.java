package dev.flamingostreams.engine;

import java.util.concurrent.CompletionException;

/** One clip could not be described; the reason is short and fit for a header or a metric. */
public class ClipException extends Exception {
  private static final long serialVersionUID = 1L;

  /** The reason of clips that come after a model was switched off. */
  public static final String DISABLED = "disabled";

  private final String reason;

  public ClipException(String reason, String message, Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  public ClipException(String reason, String message) {
    super(message);
    this.reason = reason;
  }

  /** The reason of whatever a describer's answer failed with. */
  public static String reasonOf(Throwable failure) {
    return cause(failure) instanceof ClipException known ? known.reason : "model";
  }

  /** What an answer failed with, without what futures wrap it in. */
  public static Throwable cause(Throwable failure) {
    return failure instanceof CompletionException && failure.getCause() != null
        ? failure.getCause()
        : failure;
  }

  /** One of {@code undecodable}, {@code timeout}, {@code model}, {@value #DISABLED}. */
  public String reason() {
    return reason;
  }
}
