package dev.flamingostreams.plugin;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.flamingostreams.schema.DeadLetter;
import dev.flamingostreams.schema.FrameBatch;
import dev.flamingostreams.schema.FrameBatches;
import dev.flamingostreams.schema.Ledger;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * Lets through what is this topology's business of a stream that no topic of ours has bounded, as
 * it would lie on that topic. Records in = taken + of other streams + too large; those are dead
 * letters without a value, which would not fit into their topic either.
 */
final class BatchesStage implements ProcessorSupplier<String, FrameBatch, byte[], byte[]> {
  static final String REASON = "too-large";

  private static final byte[] NOTHING = {};

  private final String name;
  private final TopologyFile.Input input;
  private final String clipsTo;
  private final String deadLettersTo;
  private final Ledger ledger;

  BatchesStage(
      String name, TopologyFile.Input input, String clipsTo, String deadLettersTo, Ledger ledger) {
    this.name = name;
    this.input = input;
    this.clipsTo = clipsTo;
    this.deadLettersTo = deadLettersTo;
    this.ledger = ledger;
  }

  @Override
  public Processor<String, FrameBatch, byte[], byte[]> get() {
    return new Encoder();
  }

  private final class Encoder implements Processor<String, FrameBatch, byte[], byte[]> {
    private @Nullable ProcessorContext<byte[], byte[]> context;
    private Ledger.@Nullable Entries entries;

    // A task that is revived initialises the same processor again.
    @Override
    public void init(ProcessorContext<byte[], byte[]> context) {
      close();
      this.context = context;
      entries = ledger.entries(context, name);
    }

    @Override
    public void process(Record<String, FrameBatch> record) {
      Ledger.Entries entries = requireNonNull(this.entries, "process before init");
      entries.in(1);
      @Nullable String stream = record.key();
      byte @Nullable [] key = stream == null ? null : stream.getBytes(UTF_8);
      if (!input.streams().takes(key)) {
        entries.count(StreamsStage.OTHER, 1);
        return;
      }
      @Nullable FrameBatch batch = record.value();
      byte @Nullable [] value = batch == null ? null : FrameBatches.write(batch);
      if (value != null && value.length > input.maxBytes()) {
        entries.count(StreamsStage.TOO_LARGE, 1);
        refuse(record.withKey(key), value.length);
      } else {
        entries.count(StreamsStage.TAKEN, 1);
        context().forward(record.withKey(key).withValue(value), clipsTo);
      }
    }

    private void refuse(Record<byte[], FrameBatch> record, int bytes) {
      RecordHeaders headers = new RecordHeaders(record.headers());
      String message =
          "a batch of %d bytes, input.max-bytes is %d; make batches smaller or raise it"
              .formatted(bytes, input.maxBytes());
      DeadLetter.sign(headers, "streams", REASON, message);
      long now = context().currentSystemTimeMs();
      context().forward(new Record<>(record.key(), NOTHING, now, headers), deadLettersTo);
    }

    private ProcessorContext<byte[], byte[]> context() {
      return requireNonNull(context, "process before init");
    }

    @Override
    public void close() {
      if (entries != null) {
        entries.close();
        entries = null;
      }
    }
  }
}
