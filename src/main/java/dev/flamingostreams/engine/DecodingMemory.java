package dev.flamingostreams.engine;

import com.sun.management.OperatingSystemMXBean;
import dev.flamingostreams.flamingo.Decoding;
import dev.flamingostreams.flamingo.LanguageConfig;
import java.lang.management.ManagementFactory;

/** What the continuation of one text takes besides weights. */
final class DecodingMemory {
  /** A step of the loop writes a cache anew before it lets the old one go. */
  private static final int CACHES = 2;

  private DecodingMemory() {}

  /**
   * Bytes of keys and values, and of what finds repetitions.
   *
   * @param tokens of the text, prompt included
   */
  static double bytes(LanguageConfig language, Decoding decoding, long tokens) {
    double cache = 2.0 * language.layers() * keyWidth(language) * tokens * Float.BYTES;
    double repetitions =
        decoding.noRepeatNgram() == 0 ? 0 : (Float.BYTES + 1.0) * tokens * language.vocabulary();
    return decoding.beams() * (CACHES * cache + repetitions);
  }

  private static long keyWidth(LanguageConfig language) {
    return language instanceof LanguageConfig.Llama llama
        ? (long) llama.keyValueHeads() * llama.headWidth()
        : language.width();
  }

  /** Half of the machine's memory, or of the container's, shared by the clips of a batch. */
  static double most(int batch) {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize()
        / 2.0
        / batch;
  }
}
