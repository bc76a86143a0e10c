package dev.flamingostreams.plugin;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Set;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.streams.processor.Punctuator;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.StoreBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what goes wrong in our nodes from the host: the first time it does, they are switched off.
 * What Kafka throws goes through, as it concerns the task and its transaction as a whole.
 */
final class HostGuard implements Guard {
  private final int mostBytes;
  private final Switch lights;

  HostGuard(int mostBytes, Switch lights) {
    this.mostBytes = mostBytes;
    this.lights = lights;
  }

  @Override
  public int mostBytes() {
    return mostBytes;
  }

  @Override
  public <A, B, C, D> ProcessorSupplier<A, B, C, D> around(ProcessorSupplier<A, B, C, D> ours) {
    return new ProcessorSupplier<>() {
      @Override
      public Processor<A, B, C, D> get() {
        return new Guarded<>(ours.get());
      }

      @Override
      public Set<StoreBuilder<?>> stores() {
        return ours.stores();
      }
    };
  }

  private void run(Runnable work) {
    try {
      work.run();
    } catch (RuntimeException | LinkageError | StackOverflowError e) {
      if (e instanceof KafkaException kafka && !(e instanceof SerializationException)) {
        throw kafka;
      }
      lights.breakOff("an error in its own code, please report it: " + e);
    }
  }

  private final class Guarded<A, B, C, D> implements Processor<A, B, C, D> {
    private final Processor<A, B, C, D> ours;

    Guarded(Processor<A, B, C, D> ours) {
      this.ours = ours;
    }

    @Override
    public void init(ProcessorContext<C, D> context) {
      run(() -> ours.init(guarded(context)));
    }

    @Override
    public void process(Record<A, B> record) {
      if (!lights.isBroken()) {
        run(() -> ours.process(record));
      }
    }

    @Override
    public void close() {
      run(ours::close);
    }
  }

  /** The context, but for the punctuators that are scheduled with it. */
  @SuppressWarnings("unchecked")
  private <C, D> ProcessorContext<C, D> guarded(ProcessorContext<C, D> context) {
    return (ProcessorContext<C, D>)
        Proxy.newProxyInstance(
            HostGuard.class.getClassLoader(),
            new Class<?>[] {ProcessorContext.class},
            (proxy, method, arguments) -> call(context, method, arguments));
  }

  private @Nullable Object call(
      ProcessorContext<?, ?> context, Method method, Object @Nullable [] arguments)
      throws Throwable {
    if (arguments != null && method.getName().equals("schedule")) {
      for (int i = 0; i < arguments.length; i++) {
        arguments[i] = arguments[i] instanceof Punctuator ours ? guarded(ours) : arguments[i];
      }
    }
    try {
      return method.invoke(context, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause() == null ? e : e.getCause();
    }
  }

  private Punctuator guarded(Punctuator ours) {
    return now -> {
      if (!lights.isBroken()) {
        run(() -> ours.punctuate(now));
      }
    };
  }
}
