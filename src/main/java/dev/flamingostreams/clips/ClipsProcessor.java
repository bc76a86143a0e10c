package dev.flamingostreams.clips;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.flamingostreams.schema.FrameBatch;
import dev.flamingostreams.schema.FrameBatches;
import dev.flamingostreams.schema.MalformedRecordException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
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
  private static final Duration HAND_ON = Duration.ofMillis(100);

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
    String stream;
    FrameBatch batch;
    try {
      stream = stream(record.key());
      batch = FrameBatches.read(record.value(), record.timestamp());
    } catch (MalformedRecordException e) {
      started.reject(record, String.valueOf(e.getMessage()));
      return;
    }
    started.accept(stream, batch, record);
  }

  @Override
  public void close() {
    if (task != null) {
      task.close();
      task = null;
    }
  }

  private static String stream(byte @Nullable [] key) throws MalformedRecordException {
    if (key == null || key.length == 0) {
      throw new MalformedRecordException("no key; the key of a frame record is its stream's id");
    }
    try {
      return UTF_8.newDecoder().decode(ByteBuffer.wrap(key)).toString();
    } catch (CharacterCodingException e) {
      throw new MalformedRecordException("the key is not UTF-8", e);
    }
  }
}
