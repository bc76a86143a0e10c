package dev.flamingostreams.schema;

/** A record that is not what its topic promises; the message says what is wrong, in one line. */
public final class MalformedRecordException extends Exception {
  private static final long serialVersionUID = 1L;

  public MalformedRecordException(String message) {
    super(printable(message));
  }

  public MalformedRecordException(String message, Throwable cause) {
    super(printable(message), cause);
  }

  /** The message may quote the record, which may hold anything. */
  private static String printable(String message) {
    return message.replaceAll("\\p{Cntrl}", "?");
  }
}
