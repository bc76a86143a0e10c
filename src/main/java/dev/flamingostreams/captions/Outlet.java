package dev.flamingostreams.captions;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.flamingostreams.engine.ClipException;
import dev.flamingostreams.engine.Description;
import dev.flamingostreams.engine.ModelInfo;
import dev.flamingostreams.schema.Caption;
import dev.flamingostreams.schema.Clip;
import dev.flamingostreams.schema.DeadLetter;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/** Forwards captions and dead letters to the children that take them. */
final class Outlet {
  private static final long FUTURE_MILLIS = TimeUnit.HOURS.toMillis(1);

  private final ProcessorContext<Object, Object> context;
  private final Supplier<ModelInfo> model;
  private final String captionsTo;
  private final String deadLettersTo;

  Outlet(
      ProcessorContext<Object, Object> context,
      Supplier<ModelInfo> model,
      String captionsTo,
      String deadLettersTo) {
    this.context = context;
    this.model = model;
    this.captionsTo = captionsTo;
    this.deadLettersTo = deadLettersTo;
  }

  Caption caption(PendingClip pending, Description description) {
    return forward(pending.clip(), Captions.of(pending, description, model.get()));
  }

  /** Of a clip that looks as the clip of an earlier caption did. */
  void repeat(PendingClip pending, Caption earlier, Description unchanged) {
    forward(pending.clip(), Captions.repeated(pending, earlier, unchanged));
  }

  private Caption forward(Clip clip, Caption caption) {
    context.forward(new Record<>(clip.stream(), caption, recordTime(clip)), captionsTo);
    return caption;
  }

  void deadLetter(PendingClip pending, Throwable failure) {
    Throwable cause = ClipException.cause(failure);
    RecordHeaders headers = new RecordHeaders();
    DeadLetter.sign(
        headers,
        "captions",
        ClipException.reasonOf(failure).label(),
        Objects.toString(cause.getMessage(), cause.toString()));
    DeadLetter.set(headers, DeadLetter.CLIP, pending.clip().id());
    context.forward(
        new Record<>(
            pending.clip().stream().getBytes(UTF_8),
            pending.clipAsJson(),
            context.currentSystemTimeMs(),
            headers),
        deadLettersTo);
  }

  // Brokers refuse records from before 1970 or more than an hour ahead.
  private long recordTime(Clip clip) {
    long end = Math.max(0, TimeUnit.MICROSECONDS.toMillis(clip.endMicros()));
    long now = context.currentSystemTimeMs();
    return end > now + FUTURE_MILLIS ? now : end;
  }
}
