package dev.flamingostreams.hub;

import java.nio.file.Path;

/** Is told how a pull goes on, by one thread. */
public interface PullProgress {

  /** So many bytes of the file are here; told often, first with what an earlier run left. */
  void reached(Path file, long bytes, long size);

  /**
   * The file is here and has the announced hash.
   *
   * @param already it was, before this pull
   */
  void finished(Path file, long size, boolean already);

  /** Something that the user may want to know, such as a failure that is tried again. */
  void note(String line);
}
