package dev.flamingostreams.plugin;

import java.util.List;

/** A cluster cannot be used as it is; each line says what is wrong and what to do. */
public class ClusterException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public ClusterException(String problem, Throwable cause) {
    super(problem, cause);
  }

  public ClusterException(List<String> problems) {
    super(String.join("\n", problems));
  }
}
