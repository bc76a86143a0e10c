package dev.flamingostreams.checkpoints;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where a model goes. It is written to a draft on the same file system and moved then, so that it
 * is there whole or not at all: in the directory itself, which may be a mount point or be reached
 * by a link, or beside it where there is none yet.
 */
public final class ModelDestination implements AutoCloseable {
  /** In the order in which they replace others: without its config a model cannot be opened. */
  private static final List<String> FILES =
      List.of(
          ModelDirectory.WEIGHTS,
          ModelDirectory.TOKENIZER,
          ModelDirectory.CARD,
          ModelDirectory.CONFIG);

  // not the directory's name, which may differ from container to container
  private static final String INSIDE = ".model";

  private static final String DRAFT = ".part";
  private static final String LOCK = ".lock";
  private static final Set<String> OWN = Set.of(INSIDE + DRAFT, INSIDE + LOCK);

  private final Path out;
  private final boolean replace;
  private @Nullable LockFile lock;
  private @Nullable Path draft;

  private ModelDestination(Path out, boolean replace) {
    this.out = out;
    this.replace = replace;
  }

  /** Refuses a directory that holds anything, unless what it holds may be replaced. */
  public static ModelDestination of(Path out, boolean replace) throws IOException {
    ModelDestination destination = new ModelDestination(out, replace);
    destination.check();
    return destination;
  }

  private void check() throws IOException {
    if (Files.isDirectory(out)) {
      if (!replace && !isEmpty()) {
        throw new ModelException(
            out + " exists and is not empty: name another directory, or replace it with --force");
      }
    } else if (Files.exists(out, NOFOLLOW_LINKS)) {
      throw new ModelException(
          "%s is a %s: name the directory of the model"
              .formatted(out, Files.exists(out) ? "file" : "link to nothing"));
    }
  }

  private boolean isEmpty() throws IOException {
    try (Stream<Path> files = Files.list(out)) {
      return files.allMatch(file -> OWN.contains(String.valueOf(file.getFileName())));
    }
  }

  /** The directory to write to. */
  public Path begin() throws IOException {
    Path stem = stem();
    lock =
        LockFile.take(with(stem, LOCK))
            .orElseThrow(
                () ->
                    new ModelException(
                        "another command is writing to %s; wait until it has ended"
                            .formatted(out)));
    check(); // another may have ended in between
    Path begun = with(stem, DRAFT);
    delete(begun); // of a command that was killed
    draft = Files.createDirectory(begun);
    return begun;
  }

  /** How the names of the draft and of its lock begin. */
  private Path stem() throws IOException {
    if (Files.isDirectory(out)) {
      return out.toRealPath().resolve(INSIDE);
    }
    Path place = place();
    Path parent = place.getParent();
    if (parent == null) {
      throw new ModelException(out + " is no directory for a model");
    }
    Files.createDirectories(parent);
    return parent.resolve("." + place.getFileName());
  }

  private Path place() {
    return out.toAbsolutePath().normalize();
  }

  private static Path with(Path stem, String ending) {
    return stem.resolveSibling(stem.getFileName() + ending);
  }

  /** Puts what was written in its place. */
  public void finish() throws IOException {
    if (draft == null) {
      throw new IllegalStateException("nothing was begun");
    }
    if (!Files.isDirectory(out)) {
      Files.move(draft, place(), ATOMIC_MOVE);
      return;
    }
    Files.deleteIfExists(out.resolve(ModelDirectory.CONFIG));
    for (String file : FILES) {
      replace(draft.resolve(file), out.resolve(file));
    }
  }

  /** A model need not have a card, and must not have another's. */
  private static void replace(Path from, Path to) throws IOException {
    if (Files.exists(from)) {
      Files.move(from, to, ATOMIC_MOVE, REPLACE_EXISTING);
    } else {
      Files.deleteIfExists(to);
    }
  }

  /** Deletes what was not put in its place. */
  @Override
  public void close() throws IOException {
    try {
      if (draft != null) {
        delete(draft);
      }
    } finally {
      if (lock != null) {
        lock.close();
      }
    }
  }

  /** Links are deleted, not followed. */
  private static void delete(Path path) throws IOException {
    if (Files.isDirectory(path, NOFOLLOW_LINKS)) {
      try (Stream<Path> files = Files.list(path)) {
        for (Path file : files.toList()) {
          delete(file);
        }
      }
    }
    Files.deleteIfExists(path);
  }
}
