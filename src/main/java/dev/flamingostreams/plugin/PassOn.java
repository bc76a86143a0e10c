package dev.flamingostreams.plugin;

import static java.util.Objects.requireNonNull;

import dev.flamingostreams.schema.Caption;
import dev.flamingostreams.schema.StreamTimes;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * Gives every caption to the topic and to the alerts, since the captions stage knows one child
 * only, and notes how far its stream has come.
 */
final class PassOn implements Processor<String, Caption, String, Caption> {
  private final StreamTimes.Entries captioned;
  private @Nullable ProcessorContext<String, Caption> context;

  PassOn(StreamTimes captioned) {
    this.captioned = captioned.entries();
  }

  @Override
  public void init(ProcessorContext<String, Caption> context) {
    this.context = context;
  }

  @Override
  public void process(Record<String, Caption> caption) {
    Caption value = caption.value();
    captioned.reached(value.stream(), value.endMicros());
    requireNonNull(context, "process before init").forward(caption);
  }

  @Override
  public void close() {
    captioned.close();
  }
}
