package dev.flamingostreams.agent;

import static java.util.Objects.requireNonNull;

import java.lang.instrument.Instrumentation;
import org.jspecify.annotations.Nullable;

/** Where {@code -javaagent} enters. All else waits until a class of Kafka Streams appears. */
public final class Agent {
  private static @Nullable Options options;

  private Agent() {}

  /**
   * Called by the JVM before the host's main method.
   *
   * @param argument what follows {@code flamingo-agent.jar=}, see {@link Options}
   */
  public static void premain(@Nullable String argument, Instrumentation instrumentation) {
    try {
      Options given = Options.parse(argument);
      options = given;
      instrumentation.addTransformer(new KafkaStreamsTransformer(given.strict()));
    } catch (IllegalArgumentException e) {
      Output.line("the agent does nothing: " + e.getMessage());
      if (Options.asksForStrict(argument)) {
        throw e; // the JVM does not start
      }
    }
  }

  /** What the agent was told. */
  static Options options() {
    return requireNonNull(options, "the agent was not started");
  }
}
