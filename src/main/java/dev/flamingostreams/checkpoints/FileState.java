package dev.flamingostreams.checkpoints;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import org.jspecify.annotations.Nullable;

/**
 * By what a file that was replaced, or written to, is told from what it was.
 *
 * @param key of the file system, if it has any
 */
record FileState(long bytes, FileTime modified, @Nullable Object key) {
  static FileState of(Path file) {
    try {
      BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class);
      return new FileState(found.size(), found.lastModifiedTime(), found.fileKey());
    } catch (IOException e) {
      throw Unreadable.of(file, e);
    }
  }
}
