package dev.flamingostreams.engine;

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

  /** One of {@code undecodable}, {@code timeout}, {@code model}, {@value #DISABLED}. */
  public String reason() {
    return reason;
  }
}
