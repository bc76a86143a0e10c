package dev.flamingostreams.engine;

import java.util.Locale;

/**
 * A GPU.
 *
 * @param name such as {@code NVIDIA H100 80GB HBM3}
 * @param major of its compute capability, which grows with the generations: 9 is Hopper
 * @param minor of its compute capability
 * @param bytes of its memory
 */
public record NvidiaGpu(String name, int major, int minor, long bytes) {

  @Override
  public String toString() {
    double gigabytes = bytes / (double) (1L << 30);
    return String.format(
        Locale.ROOT, "%s, %.0f GB, compute capability %d.%d", name, gigabytes, major, minor);
  }
}
