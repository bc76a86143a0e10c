package dev.flamingostreams.agent;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;

/** The plugin, reached by name, beside one Kafka of the host. */
final class Plugin {
  private static final String GRAFT = "dev.flamingostreams.plugin.Graft";
  private static final String REFUSAL = "dev.flamingostreams.plugin.GraftException";

  private final Path home;
  private final ClassLoader loader;

  private Plugin(Path home, ClassLoader loader) {
    this.home = home;
    this.loader = loader;
  }

  /** The plugin that sees the Kafka of a loader. */
  static Plugin beside(ClassLoader kafka) {
    Path home = Distribution.home();
    EngineLoader engine = EngineLoader.ofThisJvm(home, kafka);
    return new Plugin(home, new PluginLoader(Distribution.ours(home), kafka, engine));
  }

  /** What a {@code StreamsConfig} says. */
  static String applicationId(Object config) throws ReflectiveOperationException {
    Method getString = config.getClass().getMethod("getString", String.class);
    return (String) getString.invoke(config, "application.id");
  }

  /** Under the host's context class loader, which knows the classes that its settings name. */
  void graft(Object topology, Object config, Map<String, String> options)
      throws ReflectiveOperationException {
    try {
      Consumer<String> output = Output::line;
      loader
          .loadClass(GRAFT)
          .getMethod("onto", Object.class, Object.class, Map.class, Path.class, Consumer.class)
          .invoke(null, topology, config, options, home, output);
    } catch (InvocationTargetException e) {
      throw asRefusal(e);
    }
  }

  private static Refusal asRefusal(InvocationTargetException e) throws InvocationTargetException {
    Throwable cause = e.getCause();
    if (cause == null || !cause.getClass().getName().equals(REFUSAL)) {
      throw e;
    }
    return new Refusal(String.valueOf(cause.getMessage()), cause);
  }
}
