package dev.flamingostreams.plugin;

import dev.flamingostreams.engine.Describer;
import dev.flamingostreams.engine.Engine;
import dev.flamingostreams.engine.EngineOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The models of a JVM that is not ours. They stay open until it ends. */
final class HostModels {
  private static final Logger LOG = LoggerFactory.getLogger(HostModels.class);
  private static final String OF_DJL = "ai.djl.";

  /** A model that yields may take long for a clip and be well. */
  private static final Duration CLIP_TIMEOUT = Duration.ofMinutes(5);

  /** What a host's end may wait for a clip that is being described. */
  private static final Duration AT_THE_END = Duration.ofSeconds(5);

  private static @Nullable HostModels only; // guarded by this class

  private final Models models;

  private HostModels(Models models) {
    this.models = models;
  }

  /** The first call decides how many threads there are, and how nice they are. */
  static synchronized HostModels in(Path home, int threads, int niceness) {
    if (only == null) {
      if (System.getProperty("flamingo.home") == null) {
        System.setProperty("flamingo.home", home.toString());
      }
      EngineOptions options =
          EngineOptions.defaults()
              .withThreads(threads)
              .withNiceness(niceness)
              .withClipTimeout(CLIP_TIMEOUT)
              .withNotes(LOG::info);
      Models models = new Models(home.resolve("models"), options);
      Runtime.getRuntime()
          .addShutdownHook(new Thread(() -> models.rest(AT_THE_END), "flamingo-rest"));
      only = new HostModels(models);
    }
    return only;
  }

  /** Refuses a model that is not whole. */
  void check(TopologyFile file) {
    Path model = models.locate(file);
    try {
      OwnLoader.call(
          () -> {
            Engine.check(model);
            return model;
          });
    } catch (RuntimeException e) {
      throw new GraftException(String.valueOf(e.getMessage()), e);
    }
  }

  /** Opens a model. What our DJL is told by system properties is not for the host's. */
  synchronized Describer describer(TopologyFile file) {
    Properties before = ofDjl();
    try {
      return OwnLoader.call(() -> models.describer(file));
    } finally {
      ofDjl().stringPropertyNames().forEach(System::clearProperty);
      before.stringPropertyNames().forEach(key -> System.setProperty(key, before.getProperty(key)));
    }
  }

  private static Properties ofDjl() {
    Properties found = new Properties();
    for (String key : System.getProperties().stringPropertyNames()) {
      String value = System.getProperty(key);
      if (key.startsWith(OF_DJL) && value != null) {
        found.setProperty(key, value);
      }
    }
    return found;
  }
}
