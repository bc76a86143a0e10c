package dev.flamingostreams.training;

import dev.flamingostreams.checkpoints.ModelException;
import dev.flamingostreams.checkpoints.WholeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The newest checkpoint of a run and the one before it. */
final class Checkpoints {
  static final String NEWEST = "checkpoint.safetensors";
  static final String PREVIOUS = "checkpoint.previous.safetensors";
  private static final String NEXT = "checkpoint.next.safetensors";

  private final Path directory;
  private final Recipe recipe;

  Checkpoints(Path directory, Recipe recipe) {
    this.directory = directory;
    this.recipe = recipe;
  }

  /** Nothing is given up before the new one is whole. */
  void write(Standing standing, Learner learner) throws IOException {
    Path next = directory.resolve(NEXT);
    new Checkpoint(next, recipe).write(standing, learner);
    Path newest = directory.resolve(NEWEST);
    if (Files.exists(newest)) {
      WholeFile.move(newest, directory.resolve(PREVIOUS));
    }
    WholeFile.move(next, newest);
  }

  /**
   * The newest that is whole; none if the run has not come to its first.
   *
   * @param note told of one that is passed over
   * @throws TrainingException if none is whole, or they are of another run
   */
  Optional<Checkpoint.Content> read(Consumer<String> note) {
    String damage = "";
    for (String name : List.of(NEWEST, PREVIOUS)) {
      Path file = directory.resolve(name);
      if (!Files.exists(file)) {
        continue;
      }
      try {
        Checkpoint.Content content = new Checkpoint(file, recipe).read();
        if (!damage.isEmpty()) {
          note.accept(damage + "; going on from the one before it");
        }
        return Optional.of(content);
      } catch (ModelException e) {
        damage = damage.isEmpty() ? String.valueOf(e.getMessage()) : damage;
      }
    }
    if (!damage.isEmpty()) {
      throw new TrainingException(
          "%s, and no earlier checkpoint is whole: delete %s and %s to begin anew"
              .formatted(damage, directory.resolve(NEWEST), directory.resolve(PREVIOUS)));
    }
    return Optional.empty();
  }

  /** What only an unfinished run needs. */
  void dropPrevious() throws IOException {
    Files.deleteIfExists(directory.resolve(PREVIOUS));
    Files.deleteIfExists(directory.resolve(NEXT));
  }
}
