package dev.flamingostreams.engine;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What computes: the CPU, or one of the machine's GPUs.
 *
 * @param kind whether it was named, and which it is
 * @param index of the GPU, from 0
 */
public record Processor(Kind kind, int index) {
  /** Whatever suits the engine: the first GPU for TensorRT, the CPU for ONNX Runtime. */
  public static final Processor ANY = new Processor(Kind.ANY, 0);

  static final Processor CPU = new Processor(Kind.CPU, 0);
  static final Processor FIRST_GPU = new Processor(Kind.CUDA, 0);

  private static final Pattern CUDA = Pattern.compile("cuda(?::([0-9]{1,3}))?");

  /** Which one it is. */
  public enum Kind {
    ANY,
    CPU,
    CUDA
  }

  /** Of {@code cpu}, {@code cuda} or {@code cuda:1}. */
  public static Processor parse(String text) {
    if (text.equals("cpu")) {
      return CPU;
    }
    Matcher cuda = CUDA.matcher(text);
    if (!cuda.matches()) {
      throw new IllegalArgumentException(
          "'%s' is no device, must be cpu, cuda or cuda: and the number of a GPU".formatted(text));
    }
    String index = cuda.group(1);
    return new Processor(Kind.CUDA, index == null ? 0 : Integer.parseInt(index));
  }

  @Override
  public String toString() {
    return switch (kind) {
      case ANY -> "any";
      case CPU -> "cpu";
      case CUDA -> "cuda:" + index;
    };
  }
}
