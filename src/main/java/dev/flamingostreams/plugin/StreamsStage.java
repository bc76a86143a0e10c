package dev.flamingostreams.plugin;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.flamingostreams.clips.FrameRecord;
import dev.flamingostreams.schema.DeadLetter;
import dev.flamingostreams.schema.FrameBatch;
import dev.flamingostreams.schema.FrameBatches;
import dev.flamingostreams.schema.Ledger;
import java.util.List;
import java.util.function.Function;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * Lets through what is this topology's business, as it lies on a topic of frames. Records in =
 * taken + of other streams + too large; those are dead letters without a value, which would not fit
 * into their topic either.
 */
final class StreamsStage<K, V> implements ProcessorSupplier<K, V, byte[], byte[]> {
  static final String TAKEN = "taken";
  static final String OTHER = "of other streams";
  static final String TOO_LARGE = "too large";

  private static final byte[] NOTHING = {};

  private final Function<K, byte[]> keys;
  private final Function<V, byte[]> values;
  private final Setup setup;

  /**
   * What is the same for records of any type.
   *
   * @param clipsTo the node that takes what is let through
   * @param deadLettersTo the node that takes what is too large
   */
  record Setup(
      String name,
      StreamFilter filter,
      SizeLimit limit,
      String clipsTo,
      String deadLettersTo,
      Ledger ledger) {}

  private StreamsStage(Function<K, byte[]> keys, Function<V, byte[]> values, Setup setup) {
    this.keys = keys;
    this.values = values;
    this.setup = setup;
  }

  /** For records of a topic. */
  static StreamsStage<byte[], byte[]> ofTopic(Setup setup) {
    return new StreamsStage<>(key -> key, value -> value, setup);
  }

  /** For batches of an application's own. */
  static StreamsStage<String, FrameBatch> ofBatches(Setup setup) {
    return new StreamsStage<>(key -> key.getBytes(UTF_8), FrameBatches::write, setup);
  }

  static Ledger ledger() {
    return new Ledger("streams", "records", List.of(TAKEN, OTHER, TOO_LARGE));
  }

  @Override
  public Processor<K, V, byte[], byte[]> get() {
    return new Filter();
  }

  private final class Filter implements Processor<K, V, byte[], byte[]> {
    private @Nullable ProcessorContext<byte[], byte[]> context;
    private Ledger.@Nullable Entries entries;

    // A task that is revived initialises the same processor again.
    @Override
    public void init(ProcessorContext<byte[], byte[]> context) {
      close();
      this.context = context;
      entries = setup.ledger.entries(context, setup.name);
    }

    @Override
    public void process(Record<K, V> record) {
      Ledger.Entries entries = requireNonNull(this.entries, "process before init");
      ProcessorContext<byte[], byte[]> context = requireNonNull(this.context);
      entries.in(1);
      byte @Nullable [] key = encoded(keys, record.key());
      if (!setup.filter.takes(key)) {
        entries.count(OTHER, 1);
        return;
      }
      Record<byte[], byte[]> raw = record.withKey(key).withValue(encoded(values, record.value()));
      if (setup.limit.takes(key, raw.value(), raw.headers())) {
        entries.count(TAKEN, 1);
        context.forward(raw, setup.clipsTo);
      } else {
        entries.count(TOO_LARGE, 1);
        context.forward(refused(raw, context), setup.deadLettersTo);
      }
    }

    // Key and headers may be what is too large.
    private Record<byte[], byte[]> refused(
        Record<byte[], byte[]> record, ProcessorContext<byte[], byte[]> context) {
      Headers headers = new RecordHeaders();
      DeadLetter.sign(headers, "streams", SizeLimit.REASON, setup.limit.fault(record));
      context.recordMetadata().ifPresent(from -> DeadLetter.setOrigin(headers, from));
      byte @Nullable [] key = FrameRecord.isStream(record.key()) ? record.key() : null;
      return new Record<>(key, NOTHING, Math.max(0, record.timestamp()), headers);
    }

    @Override
    public void close() {
      if (entries != null) {
        entries.close();
        entries = null;
      }
    }
  }

  private static <T> byte @Nullable [] encoded(
      Function<T, byte[]> encoder, @Nullable T keyOrValue) {
    return keyOrValue == null ? null : encoder.apply(keyOrValue);
  }
}
