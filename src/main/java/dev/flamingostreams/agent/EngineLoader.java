package dev.flamingostreams.agent;

import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Loads the model and the libraries: beside the JDK it sees nothing of the host but slf4j. One for
 * the JVM, as a native library is loaded once.
 */
final class EngineLoader extends URLClassLoader {
  private static @Nullable EngineLoader loader; // guarded by this class

  static {
    registerAsParallelCapable();
  }

  private final ClassLoader slf4j;

  private EngineLoader(URL[] libraries, ClassLoader slf4j) {
    super("flamingo-engine", libraries, ClassLoader.getPlatformClassLoader());
    this.slf4j = slf4j;
  }

  /** Made when first asked for; it logs to the slf4j of that host. */
  static synchronized EngineLoader ofThisJvm(Path home, ClassLoader host) {
    if (loader == null) {
      loader = new EngineLoader(Distribution.libraries(home), host);
    }
    return loader;
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    return switch (Home.of(name)) {
      case ENGINE -> super.findClass(name);
      case HOST -> fromHost(name);
      case PLUGIN -> throw new ClassNotFoundException(name + " is the plugin's");
    };
  }

  private Class<?> fromHost(String name) throws ClassNotFoundException {
    if (name.startsWith("org.slf4j.")) {
      return slf4j.loadClass(name);
    }
    throw new ClassNotFoundException(name + " is the host's");
  }
}
