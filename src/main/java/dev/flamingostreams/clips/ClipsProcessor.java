package dev.flamingostreams.clips;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.flamingostreams.schema.FrameBatch;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.time.Duration;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/** Decodes records for {@link ClipsTask}; what cannot be decoded goes to the dead letters. */
final class ClipsProcessor implements Processor<byte[], byte[], Object, Object> {
  private static final Duration LOOK_FOR_SILENCE = Duration.ofMillis(200);

  private final ClipsStage stage;
  private @Nullable ClipsTask task;

  ClipsProcessor(ClipsStage stage) {
    this.stage = stage;
  }

  // A task that is revived initialises the same processor again; nothing may be left from before.
  @Override
  public void init(ProcessorContext<Object, Object> context) {
    close();
    ClipsTask started = stage.start(context);
    task = started;
    if (stage.flushes()) {
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
      batch = stage.decode(record);
    } catch (IllegalArgumentException e) {
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

  private static String stream(byte @Nullable [] key) {
    if (key == null || key.length == 0) {
      throw new IllegalArgumentException("no key; the key of a frame record is its stream's id");
    }
    try {
      return UTF_8.newDecoder().decode(ByteBuffer.wrap(key)).toString();
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("the key is not UTF-8", e);
    }
  }
}
