package dev.flamingostreams.tensorrt;

import java.util.regex.Pattern;

/** What TensorRT and CUDA write where memory is full; that it failed follows in other words. */
final class FullMemory {
  private static final Pattern TOLD =
      Pattern.compile("out ?of ?memory|insufficient (memory|workspace)", Pattern.CASE_INSENSITIVE);

  private FullMemory() {}

  static boolean isTold(String line) {
    return TOLD.matcher(line).find();
  }
}
