package dev.flamingostreams.agent;

import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** What the host's constructors call: finds the plugin of the host's Kafka and has it graft. */
public final class Grafts {
  /** Takes a {@code Topology} and a {@code StreamsConfig}. */
  public static final BiConsumer<Object, Object> ONTO = Grafts::onto;

  /** Lives and dies with the host's Kafka. */
  private static final ClassValue<Plugin> PLUGINS =
      new ClassValue<>() {
        @Override
        protected Plugin computeValue(Class<?> topology) {
          return Plugin.beside(topology.getClassLoader());
        }
      };

  private static @Nullable String application; // guarded by this class

  private Grafts() {}

  private static void onto(Object topology, Object config) {
    Options given = Agent.options();
    String id = "";
    try {
      id = Plugin.applicationId(config);
      if (isMeant(id, given)) {
        PLUGINS.get(topology.getClass()).graft(topology, config, given.values());
      }
    } catch (Refusal e) {
      refuse(id, String.valueOf(e.getMessage()), e, given);
    } catch (Throwable e) { // whatever it is, the host starts without us
      refuse(id, "an error of the agent's own, please report it: " + e, e, given);
    }
  }

  // A host may close its KafkaStreams and make another one of the same application.
  private static synchronized boolean isMeant(String id, Options given) {
    String meant = given.applicationId();
    if (meant == null) {
      application = application == null ? id : application;
      meant = application;
    }
    return meant.equals(id);
  }

  private static void refuse(String id, String reason, Throwable cause, Options given) {
    String line = "%s runs without video description: %s".formatted(id, reason);
    if (given.strict()) {
      throw new IllegalStateException("flamingo: " + line, cause);
    }
    Output.line(line);
  }
}
