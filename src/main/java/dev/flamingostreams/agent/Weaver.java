package dev.flamingostreams.agent;

import static net.bytebuddy.matcher.ElementMatchers.isConstructor;
import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.takesArgument;
import static net.bytebuddy.matcher.ElementMatchers.takesArguments;

import net.bytebuddy.ByteBuddy;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.dynamic.ClassFileLocator;
import net.bytebuddy.dynamic.scaffold.TypeValidation;
import net.bytebuddy.implementation.StubMethod;
import net.bytebuddy.matcher.ElementMatcher;
import net.bytebuddy.pool.TypePool;

/** Puts {@link GraftAdvice} into the constructors of {@code KafkaStreams}. */
final class Weaver {
  private static final String STREAMS = "org.apache.kafka.streams.";

  /**
   * In every version from 3.9 to 4.3 the constructors that take a topology end in one of those that
   * take it with a StreamsConfig and more, which do not call each other.
   */
  private static final ElementMatcher.Junction<MethodDescription> LAST_WITH_A_TOPOLOGY =
      isConstructor()
          .and(takesArgument(0, named(STREAMS + "Topology")))
          .and(takesArgument(1, named(STREAMS + "StreamsConfig")))
          .and(takesArguments(3).or(takesArguments(4)));

  private Weaver() {}

  /** A {@code Runnable} that does nothing. */
  static byte[] idle(ClassLoader loader, String name, byte[] bytes) {
    ClassFileLocator locator = locator(loader, name, bytes);
    TypeDescription type = TypePool.Default.of(locator).describe(name).resolve();
    return new ByteBuddy()
        .with(TypeValidation.DISABLED)
        .redefine(type, locator)
        .method(named("run"))
        .intercept(StubMethod.INSTANCE)
        .make()
        .getBytes();
  }

  /** The class with constructors that throw this. */
  static byte[] refuse(ClassLoader loader, String name, byte[] bytes, String line) {
    ClassFileLocator locator = locator(loader, name, bytes);
    TypeDescription type = TypePool.Default.of(locator).describe(name).resolve();
    Advice advice = Advice.withCustomMapping().bind(Line.class, line).to(StrictAdvice.class);
    return new ByteBuddy()
        .with(TypeValidation.DISABLED)
        .decorate(type, locator)
        .visit(advice.on(isConstructor()))
        .make()
        .getBytes();
  }

  private static ClassFileLocator locator(ClassLoader loader, String name, byte[] bytes) {
    return new ClassFileLocator.Compound(
        ClassFileLocator.Simple.of(name, bytes), ClassFileLocator.ForClassLoader.of(loader));
  }

  /**
   * The class with advice.
   *
   * @param strict whether what the advice throws reaches the host
   */
  static byte[] weave(ClassLoader loader, String name, byte[] bytes, boolean strict) {
    ClassFileLocator locator = locator(loader, name, bytes);
    TypeDescription type = TypePool.Default.of(locator).describe(name).resolve();
    if (type.getDeclaredMethods().filter(LAST_WITH_A_TOPOLOGY).isEmpty()) {
      throw new IllegalStateException("it has none of the constructors that are known");
    }
    Advice advice =
        Advice.to(GraftAdvice.class)
            .withExceptionHandler(
                strict
                    ? Advice.ExceptionHandler.Default.RETHROWING
                    : Advice.ExceptionHandler.Default.SUPPRESSING);
    return new ByteBuddy()
        .with(TypeValidation.DISABLED)
        .decorate(type, locator)
        .visit(advice.on(LAST_WITH_A_TOPOLOGY))
        .make()
        .getBytes();
  }
}
