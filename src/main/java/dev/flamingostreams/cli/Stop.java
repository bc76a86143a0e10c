package dev.flamingostreams.cli;

import dev.flamingostreams.engine.Engine;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Lets an interrupt from the keyboard or a service manager end a command in good order; a second
 * one ends it at once. Not a shutdown hook: ONNX Runtime has one of its own that takes the models
 * from under those who use them. Where Java does not let signals be caught, an interrupt ends the
 * process at once, as a crash would; {@code exactly_once_v2} loses nothing then either.
 */
final class Stop implements AutoCloseable {
  private static final List<String> SIGNALS = List.of("INT", "TERM");

  private final CompletableFuture<Void> asked = new CompletableFuture<>();
  private final Map<Object, Object> before = new LinkedHashMap<>();

  Stop() {
    SIGNALS.forEach(this::listen);
  }

  /** Completes when the process is asked to end. */
  CompletableFuture<Void> asked() {
    return asked;
  }

  /**
   * Lets the process end at once when it is asked to, whatever is at work in native code, where the
   * JVM's own end may crash.
   *
   * @param last what is done before
   */
  void endsAtOnce(Runnable last) {
    CompletableFuture<?> unused =
        asked.thenRun(last).thenRun(() -> Engine.endNow(ExitCode.INTERRUPTED));
  }

  /** Whoever listened before listens again. */
  @Override
  public void close() {
    before.forEach(Stop::handle);
  }

  private void listen(String name) {
    try {
      Object signal =
          Class.forName("sun.misc.Signal").getConstructor(String.class).newInstance(name);
      Class<?> type = Class.forName("sun.misc.SignalHandler");
      Object handler =
          Proxy.newProxyInstance(
              type.getClassLoader(),
              new Class<?>[] {type},
              (proxy, method, args) -> {
                interrupted();
                return null;
              });
      Object old = handle(signal, handler);
      if (old != null) {
        before.put(signal, old);
      }
    } catch (ReflectiveOperationException e) {
      return; // a Java without module jdk.unsupported
    }
  }

  // By reflection, since the compiler warns of sun.misc in a way that cannot be switched off.
  private static @Nullable Object handle(Object signal, Object handler) {
    try {
      return signal
          .getClass()
          .getMethod("handle", signal.getClass(), Class.forName("sun.misc.SignalHandler"))
          .invoke(null, signal, handler);
    } catch (InvocationTargetException e) {
      return null; // Java runs with -Xrs
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private void interrupted() {
    if (!asked.complete(null)) {
      Engine.endNow(ExitCode.INTERRUPTED);
    }
  }
}
