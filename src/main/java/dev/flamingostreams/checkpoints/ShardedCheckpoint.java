package dev.flamingostreams.checkpoints;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A checkpoint in several files of one directory, and the index that says which tensor lies in
 * which, as transformers writes it. What a shard holds beyond the index is not read.
 */
final class ShardedCheckpoint implements Checkpoint {
  private static final long MAX_BYTES = 64 << 20;
  private static final int MAX_SHARDS = 1000;

  private final Path index;
  private final Map<String, Checkpoint> shards;

  private ShardedCheckpoint(Path index, Map<String, Checkpoint> shards) {
    this.index = index;
    this.shards = Collections.unmodifiableMap(shards);
  }

  static ShardedCheckpoint open(Path index) {
    JsonNode weights = JsonFile.read(index, MAX_BYTES).path("weight_map");
    if (!weights.isObject() || weights.isEmpty()) {
      throw new ModelException(index + " has no weight_map: not an index of shards");
    }
    Map<String, Checkpoint> files = new HashMap<>();
    Map<String, Checkpoint> shards = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> entry : weights.properties()) {
      String file = entry.getValue().asText();
      Checkpoint shard = files.computeIfAbsent(file, name -> shard(index, name));
      if (files.size() > MAX_SHARDS) {
        throw new ModelException("%s names more than %d shards".formatted(index, MAX_SHARDS));
      }
      if (!shard.contains(entry.getKey())) {
        throw new ModelException(
            "%s: tensor %s is not in %s".formatted(index, entry.getKey(), file));
      }
      shards.put(entry.getKey(), shard);
    }
    return new ShardedCheckpoint(index, shards);
  }

  private static Checkpoint shard(Path index, String name) {
    if (!isPlain(name)) {
      throw new ModelException(
          "%s names the shard '%s', which is not a file beside it".formatted(index, name));
    }
    Path file = index.resolveSibling(name);
    if (!Files.isRegularFile(file)) {
      throw new ModelException("%s names the shard %s, which is missing".formatted(index, name));
    }
    return Checkpoints.single(file);
  }

  private static boolean isPlain(String name) {
    try {
      return !name.isEmpty()
          && !name.startsWith(".")
          && !name.contains("\\")
          && Path.of(name).getNameCount() == 1
          && !Path.of(name).isAbsolute();
    } catch (InvalidPathException e) {
      return false;
    }
  }

  @Override
  public Path file() {
    return index;
  }

  @Override
  public Collection<CheckpointTensor> tensors() {
    return shards.keySet().stream().map(this::tensor).toList();
  }

  @Override
  public boolean contains(String name) {
    return shards.containsKey(name);
  }

  @Override
  public CheckpointTensor tensor(String name) {
    return shard(name).tensor(name);
  }

  @Override
  public float[] floats(String name) {
    return shard(name).floats(name);
  }

  private Checkpoint shard(String name) {
    Checkpoint shard = shards.get(name);
    if (shard == null) {
      throw new ModelException(index + " has no tensor named " + name);
    }
    return shard;
  }
}
