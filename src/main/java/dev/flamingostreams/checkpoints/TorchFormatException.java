package dev.flamingostreams.checkpoints;

/** What is wrong with a PyTorch file; {@link TorchFile} adds which one it is. */
final class TorchFormatException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private static final int MAX_SHOWN = 100;

  TorchFormatException(String message) {
    super(message);
  }

  TorchFormatException(String message, Throwable cause) {
    super(message, cause);
  }

  /** A text out of a file as an error may show it: on one line, and not long. */
  static String shown(String text) {
    String line = text.replaceAll("\\p{C}", "?");
    return line.length() > MAX_SHOWN ? line.substring(0, MAX_SHOWN) + "..." : line;
  }
}
