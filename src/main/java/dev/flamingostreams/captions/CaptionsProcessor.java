package dev.flamingostreams.captions;

import static java.util.Objects.requireNonNull;

import dev.flamingostreams.schema.Clip;
import java.util.function.Function;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/** Joins {@link CaptionsTask} to Kafka Streams. */
final class CaptionsProcessor implements Processor<String, Clip, Object, Object> {
  private final CaptionLimits limits;
  private final Function<ProcessorContext<Object, Object>, CaptionsTask> start;
  private @Nullable CaptionsTask task;

  CaptionsProcessor(
      CaptionLimits limits, Function<ProcessorContext<Object, Object>, CaptionsTask> start) {
    this.limits = limits;
    this.start = start;
  }

  // A task that is revived initialises the same processor again; nothing may be left from before.
  @Override
  public void init(ProcessorContext<Object, Object> context) {
    close();
    task = start.apply(context);
    context.schedule(
        limits.drainEvery(), PunctuationType.WALL_CLOCK_TIME, now -> task().punctuate());
  }

  @Override
  public void process(Record<String, Clip> record) {
    task().accept(record.value());
  }

  @Override
  public void close() {
    if (task != null) {
      task.close();
      task = null;
    }
  }

  private CaptionsTask task() {
    return requireNonNull(task, "the processor is not initialised");
  }
}
