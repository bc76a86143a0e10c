package dev.flamingostreams.plugin;

import dev.flamingostreams.engine.Engine;
import java.util.function.Supplier;

/**
 * Calls into the engine: what it loads by name lies beside it, whatever loader a host's thread has.
 */
final class OwnLoader {
  private OwnLoader() {}

  static <T> T call(Supplier<T> work) {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(Engine.class.getClassLoader());
    try {
      return work.get();
    } finally {
      thread.setContextClassLoader(before);
    }
  }
}
