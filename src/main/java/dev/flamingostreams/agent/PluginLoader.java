package dev.flamingostreams.agent;

import java.net.URL;
import java.net.URLClassLoader;

/** Loads the plugin beside one Kafka of the host; all but the plugin comes from elsewhere. */
final class PluginLoader extends URLClassLoader {
  static {
    registerAsParallelCapable();
  }

  private final ClassLoader host;

  /**
   * Makes a loader.
   *
   * @param ours the jar with the plugin
   * @param host sees Kafka and slf4j
   * @param engine sees all else
   */
  PluginLoader(URL[] ours, ClassLoader host, EngineLoader engine) {
    super("flamingo-plugin", ours, engine);
    this.host = host;
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    return switch (Home.of(name)) {
      case HOST -> host.loadClass(name);
      case ENGINE -> super.loadClass(name, resolve);
      case PLUGIN -> {
        synchronized (getClassLoadingLock(name)) {
          Class<?> loaded = findLoadedClass(name);
          yield loaded == null ? findClass(name) : loaded;
        }
      }
    };
  }
}
