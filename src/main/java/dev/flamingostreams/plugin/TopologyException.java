package dev.flamingostreams.plugin;

import java.util.List;

/** A topology file cannot be used. */
public class TopologyException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** One problem a line, each {@code FILE:LINE: key: what is wrong; what to do}. */
  public TopologyException(List<String> problems) {
    super(String.join("\n", problems));
  }
}
