package dev.flamingostreams.checkpoints;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** What torch.save (1.6 or newer) wrote of a state_dict: a zip of a pickle and of raw storages. */
final class TorchFile implements Checkpoint {
  private final Path file;
  private final Map<String, TorchTensor> tensors;

  private TorchFile(Path file, Map<String, TorchTensor> tensors) {
    this.file = file;
    this.tensors = Collections.unmodifiableMap(tensors);
  }

  static TorchFile open(Path file) {
    try {
      TorchArchive archive = TorchArchive.open(file);
      Object pickled = new PickleMachine(archive.pickle()).run();
      Map<String, TorchTensor> tensors = new LinkedHashMap<>();
      StateDict.tensors(pickled)
          .forEach((name, view) -> tensors.put(name, tensor(archive, name, view)));
      return new TorchFile(file, tensors);
    } catch (IOException e) {
      throw Unreadable.of(file, e);
    } catch (TorchFormatException e) {
      throw new ModelException(file + ": " + e.getMessage(), e);
    }
  }

  private static TorchTensor tensor(TorchArchive archive, String name, TensorView view) {
    return new TorchTensor(name, view, archive.start(view.storage()));
  }

  @Override
  public Path file() {
    return file;
  }

  @Override
  public Collection<TorchTensor> tensors() {
    return tensors.values();
  }

  @Override
  public boolean contains(String name) {
    return tensors.containsKey(name);
  }

  @Override
  public TorchTensor tensor(String name) {
    TorchTensor tensor = tensors.get(name);
    if (tensor == null) {
      throw new ModelException(file + " has no tensor named " + name);
    }
    return tensor;
  }

  @Override
  public float[] floats(String name) {
    TorchTensor tensor = tensor(name);
    try {
      return tensor.read(file);
    } catch (IOException e) {
      throw new ModelException("%s: cannot read tensor %s: %s".formatted(file, name, e), e);
    }
  }
}
