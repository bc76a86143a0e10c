package dev.flamingostreams.checkpoints;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Finds out what kind of checkpoint a file or a directory is. */
public final class Checkpoints {
  /** What is looked for in a directory: the first that is there is taken. */
  static final List<String> NAMES =
      List.of(
          "model.safetensors",
          "model.safetensors.index.json",
          "pytorch_model.bin",
          "pytorch_model.bin.index.json",
          "open_clip_model.safetensors",
          "open_clip_pytorch_model.bin");

  /** Then these, where one file has such a name. */
  private static final List<String> ALONE = List.of("*.safetensors", "*.{pt,pth}");

  private static final String SAFETENSORS = ".safetensors";
  private static final String INDEX = ".index.json";
  private static final List<String> TORCH = List.of(".pt", ".pth", ".bin");

  private Checkpoints() {}

  /**
   * Opens a safetensors file, a PyTorch file ({@code .pt}, {@code .pth}, {@code .bin}), an index of
   * shards of either ({@code .index.json}), or a directory that holds one under a name that
   * transformers or open_clip gives it, or under any name if there is no other.
   */
  public static Checkpoint open(Path path) {
    return open(path, "");
  }

  /**
   * The same; of a directory in which the files of two projects lie, those that begin with the
   * prefix go before all others.
   */
  public static Checkpoint open(Path path, String prefix) {
    if (!Files.exists(path)) {
      throw new ModelException(path + " does not exist");
    }
    return Files.isDirectory(path) ? directory(path, prefix) : file(path);
  }

  private static Checkpoint directory(Path directory, String prefix) {
    return NAMES.stream()
        .sorted(Comparator.comparing(name -> !name.startsWith(prefix)))
        .map(directory::resolve)
        .filter(Files::isRegularFile)
        .findFirst()
        .or(() -> ALONE.stream().flatMap(glob -> alone(directory, glob).stream()).findFirst())
        .map(Checkpoints::file)
        .orElseThrow(
            () ->
                new ModelException(
                    "%s holds no checkpoint: none of %s, nor a single .safetensors or .pt"
                        .formatted(directory, String.join(", ", NAMES))));
  }

  private static Optional<Path> alone(Path directory, String glob) {
    List<Path> found = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, glob)) {
      files.forEach(found::add);
    } catch (IOException e) {
      throw Unreadable.of(directory, e);
    }
    return found.size() == 1 ? Optional.of(found.get(0)) : Optional.empty();
  }

  private static Checkpoint file(Path file) {
    return file.toString().endsWith(INDEX) ? ShardedCheckpoint.open(file) : single(file);
  }

  /** A file that holds tensors itself. */
  static Checkpoint single(Path file) {
    String name = file.toString();
    if (name.endsWith(SAFETENSORS)) {
      return Safetensors.open(file);
    }
    if (TORCH.stream().anyMatch(name::endsWith)) {
      return TorchFile.open(file);
    }
    throw new ModelException(
        "%s is no checkpoint by its name: %s, %s or %s is read"
            .formatted(file, SAFETENSORS, String.join(", ", TORCH), INDEX));
  }
}
