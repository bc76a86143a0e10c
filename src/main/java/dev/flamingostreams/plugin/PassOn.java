package dev.flamingostreams.plugin;

import static java.util.Objects.requireNonNull;

import dev.flamingostreams.schema.Caption;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/** Gives every caption to the topic and to the alerts; the captions stage knows one child only. */
final class PassOn implements Processor<String, Caption, String, Caption> {
  private @Nullable ProcessorContext<String, Caption> context;

  @Override
  public void init(ProcessorContext<String, Caption> context) {
    this.context = context;
  }

  @Override
  public void process(Record<String, Caption> caption) {
    requireNonNull(context, "process before init").forward(caption);
  }
}
