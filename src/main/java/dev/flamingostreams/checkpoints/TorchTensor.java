package dev.flamingostreams.checkpoints;

import static java.nio.file.StandardOpenOption.READ;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.List;

/**
 * A tensor of a PyTorch file.
 *
 * @param start of its storage, in bytes from the start of the file
 */
record TorchTensor(String name, TensorView view, long start) implements CheckpointTensor {
  @Override
  public StoredType type() {
    return view.storage().type();
  }

  @Override
  public List<Long> shape() {
    return view.shape();
  }

  @Override
  public long elements() {
    return view.elements();
  }

  float[] read(Path file) throws IOException {
    float[] values = ElementReader.array(file, this);
    if (values.length > 0) {
      try (FileChannel channel = FileChannel.open(file, READ)) {
        long end = view.storage().elements();
        ElementReader reader = new ElementReader(channel, type(), start, end);
        new Walk(reader, view.dimensions(), values).read(0, view.offset(), 0);
      }
    }
    return values;
  }

  /** Reads in the order of the storage, whatever the order of the tensor. */
  private record Walk(ElementReader reader, List<TensorView.Dimension> dimensions, float[] values) {
    void read(int depth, long from, long to) throws IOException {
      if (depth == dimensions.size()) {
        values[(int) to] = reader.at(from);
        return;
      }
      TensorView.Dimension dimension = dimensions.get(depth);
      for (long i = 0; i < dimension.size(); i++) {
        read(depth + 1, from + i * dimension.stride(), to + i * dimension.step());
      }
    }
  }
}
