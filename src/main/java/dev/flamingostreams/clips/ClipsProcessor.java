package dev.flamingostreams.clips;

import static java.util.Objects.requireNonNull;

import dev.flamingostreams.schema.MalformedRecordException;
import java.time.Duration;
import java.util.function.Function;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/** Decodes records for {@link ClipsTask}; what cannot be decoded goes to the dead letters. */
final class ClipsProcessor implements Processor<byte[], byte[], Object, Object> {
  private static final Duration LOOK_FOR_SILENCE = Duration.ofMillis(200);
  private static final Duration HAND_ON = Duration.ofMillis(500);

  private final ClipRules rules;
  private final Function<ProcessorContext<Object, Object>, ClipsTask> start;
  private @Nullable ClipsTask task;

  ClipsProcessor(ClipRules rules, Function<ProcessorContext<Object, Object>, ClipsTask> start) {
    this.rules = rules;
    this.start = start;
  }

  // A task that is revived initialises the same processor again; nothing may be left from before.
  @Override
  public void init(ProcessorContext<Object, Object> context) {
    close();
    ClipsTask started = start.apply(context);
    task = started;
    context.schedule(HAND_ON, PunctuationType.WALL_CLOCK_TIME, now -> started.handOn());
    if (!rules.flush().isZero()) {
      context.schedule(LOOK_FOR_SILENCE, PunctuationType.WALL_CLOCK_TIME, now -> started.flush());
    }
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    ClipsTask started = requireNonNull(task, "the processor is not initialised");
    FrameRecord arrived;
    try {
      arrived = FrameRecord.read(record.key(), record.value(), record.timestamp());
    } catch (MalformedRecordException e) {
      started.reject(record, String.valueOf(e.getMessage()));
      return;
    }
    started.accept(arrived, record);
  }

  @Override
  public void close() {
    if (task != null) {
      task.close();
      task = null;
    }
  }
}
