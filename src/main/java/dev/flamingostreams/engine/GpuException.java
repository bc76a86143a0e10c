package dev.flamingostreams.engine;

import java.util.Objects;
import java.util.regex.Pattern;

/** A GPU, or what it is driven with, cannot be used. One line says what is wrong and the fix. */
public class GpuException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private static final Pattern LATER =
      Pattern.compile("^Exception [\\w.$]+: (.*) \\[in thread \".*\"]$", Pattern.DOTALL);

  public GpuException(String message) {
    super(message);
  }

  public GpuException(String message, Throwable cause) {
    super(message, cause);
  }

  /** Java's part of a native library cannot be linked to it, now or an earlier time. */
  public static GpuException ofLink(String what, LinkageError e, String fix) {
    return new GpuException("%s cannot be loaded (%s); %s".formatted(what, reason(e), fix), e);
  }

  /** The first, which later errors have behind them, and Java among words of its own. */
  private static String reason(LinkageError e) {
    Throwable first = e;
    while (first.getCause() != null) {
      first = first.getCause();
    }
    String message = Objects.toString(first.getMessage(), first.toString());
    String words = LATER.matcher(message).replaceFirst("$1");
    return words.lines().findFirst().orElse(words);
  }
}
