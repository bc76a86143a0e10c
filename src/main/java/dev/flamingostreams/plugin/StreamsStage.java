package dev.flamingostreams.plugin;

import static java.util.Objects.requireNonNull;

import dev.flamingostreams.schema.Ledger;
import java.util.List;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/** Lets through what is this topology's business. Records in = taken + of other streams. */
final class StreamsStage implements ProcessorSupplier<byte[], byte[], byte[], byte[]> {
  static final String TAKEN = "taken";
  static final String OTHER = "of other streams";

  private final String name;
  private final StreamFilter filter;
  private final Ledger ledger;

  StreamsStage(String name, StreamFilter filter, Ledger ledger) {
    this.name = name;
    this.filter = filter;
    this.ledger = ledger;
  }

  static Ledger ledger() {
    return new Ledger("streams", "records", List.of(TAKEN, OTHER));
  }

  @Override
  public Processor<byte[], byte[], byte[], byte[]> get() {
    return new Filter();
  }

  private final class Filter implements Processor<byte[], byte[], byte[], byte[]> {
    private @Nullable ProcessorContext<byte[], byte[]> context;
    private Ledger.@Nullable Entries entries;

    @Override
    public void init(ProcessorContext<byte[], byte[]> context) {
      this.context = context;
      entries = ledger.entries(context, name);
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
      Ledger.Entries entries = requireNonNull(this.entries, "process before init");
      entries.in(1);
      boolean ours = filter.takes(record.key());
      entries.count(ours ? TAKEN : OTHER, 1);
      if (ours) {
        requireNonNull(context, "process before init").forward(record);
      }
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
