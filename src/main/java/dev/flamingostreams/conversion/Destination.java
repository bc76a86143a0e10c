package dev.flamingostreams.conversion;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

import dev.flamingostreams.checkpoints.ModelDirectory;
import dev.flamingostreams.checkpoints.ModelException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Where a model goes: written beside it, so that it is there whole or not at all. */
final class Destination implements AutoCloseable {
  /** In the order in which they replace others: without its config a model cannot be opened. */
  private static final List<String> FILES =
      List.of(
          ModelDirectory.WEIGHTS,
          ModelDirectory.TOKENIZER,
          ModelDirectory.CARD,
          ModelDirectory.CONFIG);

  private final Path out;
  private @Nullable Path part;

  private Destination(Path out) {
    this.out = out;
  }

  /** Refuses a directory that holds anything, unless what it holds may be replaced. */
  static Destination of(Path out, boolean replace) throws IOException {
    if (Files.exists(out) && !Files.isDirectory(out)) {
      throw new ModelException(out + " is a file: name the directory of the model");
    }
    if (!replace && !isEmpty(out)) {
      throw new ModelException(
          out + " exists and is not empty: name another directory, or replace it by force");
    }
    return new Destination(out.toAbsolutePath().normalize());
  }

  private static boolean isEmpty(Path directory) throws IOException {
    if (!Files.exists(directory)) {
      return true;
    }
    try (Stream<Path> files = Files.list(directory)) {
      return files.findAny().isEmpty();
    }
  }

  /** The directory to write to. */
  Path begin() throws IOException {
    Path parent = out.getParent();
    if (parent == null) {
      throw new ModelException(out + " is no directory for a model");
    }
    Files.createDirectories(parent);
    deleteAbandoned(parent);
    Path begun =
        parent.resolve(".%s.%d.part".formatted(out.getFileName(), ProcessHandle.current().pid()));
    delete(begun);
    Files.createDirectory(begun);
    part = begun;
    return begun;
  }

  /** What imports to this place have left that were killed. */
  private void deleteAbandoned(Path parent) throws IOException {
    Pattern name =
        Pattern.compile("\\." + Pattern.quote("" + out.getFileName()) + "\\.(\\d{1,18})\\.part");
    try (Stream<Path> siblings = Files.list(parent)) {
      for (Path sibling : siblings.toList()) {
        Matcher matcher = name.matcher("" + sibling.getFileName());
        if (matcher.matches() && ProcessHandle.of(Long.parseLong(matcher.group(1))).isEmpty()) {
          delete(sibling);
        }
      }
    }
  }

  /** Puts what was written in its place. */
  void finish() throws IOException {
    if (part == null) {
      throw new IllegalStateException("nothing was begun");
    }
    if (isEmpty(out)) {
      Files.deleteIfExists(out);
      Files.move(part, out, ATOMIC_MOVE);
      return;
    }
    Files.deleteIfExists(out.resolve(ModelDirectory.CONFIG));
    for (String file : FILES) {
      Files.move(part.resolve(file), out.resolve(file), ATOMIC_MOVE, REPLACE_EXISTING);
    }
  }

  /** Deletes what was not put in its place. */
  @Override
  public void close() throws IOException {
    if (part != null) {
      delete(part);
    }
  }

  private static void delete(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      return;
    }
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(directory);
  }
}
