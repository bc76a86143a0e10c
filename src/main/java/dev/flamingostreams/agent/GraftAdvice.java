package dev.flamingostreams.agent;

import java.util.function.BiConsumer;
import net.bytebuddy.asm.Advice;

/**
 * Copied into the host's constructors, so it may name the JDK only. The host's loader need not see
 * the agent, the system's does.
 */
final class GraftAdvice {
  private GraftAdvice() {}

  @Advice.OnMethodEnter(suppress = Throwable.class)
  @SuppressWarnings("unchecked")
  static void enter(@Advice.Argument(0) Object topology, @Advice.Argument(1) Object config)
      throws ReflectiveOperationException {
    ((BiConsumer<Object, Object>)
            ClassLoader.getSystemClassLoader()
                .loadClass("dev.flamingostreams.agent.Grafts")
                .getField("ONTO")
                .get(null))
        .accept(topology, config);
  }
}
