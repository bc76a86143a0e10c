package dev.flamingostreams.checkpoints;

import java.util.LinkedHashMap;
import java.util.List;

/** What a pickle may call, and what we make of it. */
enum PickleFunction {
  ORDERED_DICT("collections.OrderedDict", 0, 0) {
    @Override
    Object apply(List<?> arguments) {
      return new LinkedHashMap<>();
    }
  },
  /** storage, offset, size, stride, requires_grad, backward_hooks, metadata. */
  TENSOR("torch._utils._rebuild_tensor_v2", 6, 7) {
    @Override
    Object apply(List<?> arguments) {
      if (arguments.size() == 7 && arguments.get(6) != PickleNone.NONE) {
        throw new TorchFormatException("a tensor is stored conjugate or negated: resolve it first");
      }
      return new TensorView(
          cast(TorchStorage.class, arguments.get(0)),
          cast(Long.class, arguments.get(1)),
          longs(arguments.get(2)),
          longs(arguments.get(3)));
    }
  },
  /** data, requires_grad, backward_hooks. */
  PARAMETER("torch._utils._rebuild_parameter", 3, 3) {
    @Override
    Object apply(List<?> arguments) {
      return cast(TensorView.class, arguments.get(0));
    }
  },
  SIZE("torch.Size", 1, 1) {
    @Override
    Object apply(List<?> arguments) {
      return longs(arguments.get(0));
    }
  },
  /** A type and perhaps an index. */
  DEVICE("torch.device", 1, 2) {
    @Override
    Object apply(List<?> arguments) {
      return cast(String.class, arguments.get(0));
    }
  },
  /** How bytes are written by protocol 2, from a text. No model needs them, so none are made. */
  BYTES("_codecs.encode", 2, 2) {
    @Override
    Object apply(List<?> arguments) {
      cast(String.class, arguments.get(0));
      return PickleNone.NONE;
    }
  };

  private static final int MOST_AXES = 64;

  private final String global;
  private final int fewest;
  private final int most;

  PickleFunction(String global, int fewest, int most) {
    this.global = global;
    this.fewest = fewest;
    this.most = most;
  }

  String global() {
    return global;
  }

  Object call(List<?> arguments) {
    if (arguments.size() < fewest || arguments.size() > most) {
      throw new TorchFormatException("%s has %d arguments".formatted(global, arguments.size()));
    }
    return apply(arguments);
  }

  abstract Object apply(List<?> arguments);

  <T> T cast(Class<T> type, Object argument) {
    if (!type.isInstance(argument)) {
      throw new TorchFormatException(
          "%s has an argument that is no %s".formatted(global, type.getSimpleName()));
    }
    return type.cast(argument);
  }

  List<Long> longs(Object argument) {
    List<?> list = cast(List.class, argument);
    if (list.size() > MOST_AXES) {
      throw new TorchFormatException("%s has more than %d axes".formatted(global, MOST_AXES));
    }
    return list.stream().<Long>map(number -> cast(Long.class, number)).toList();
  }
}
