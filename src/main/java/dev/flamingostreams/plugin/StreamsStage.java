package dev.flamingostreams.plugin;

import static java.util.Objects.requireNonNull;

import dev.flamingostreams.schema.Ledger;
import java.util.List;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * Lets through what is this topology's business. Records in = taken + of other streams + too large
 * for a host to pass on.
 */
final class StreamsStage implements ProcessorSupplier<byte[], byte[], byte[], byte[]> {
  static final String TAKEN = "taken";
  static final String OTHER = "of other streams";
  static final String TOO_LARGE = "too large";

  /** What a dead letter has beside the record. */
  private static final int OVERHEAD_BYTES = 64 << 10;

  private final String name;
  private final StreamFilter filter;
  private final int mostBytes;
  private final Ledger ledger;

  /**
   * A stage.
   *
   * @param mostBytes that the application may send in one record
   */
  StreamsStage(String name, StreamFilter filter, int mostBytes, Ledger ledger) {
    this.name = name;
    this.filter = filter;
    this.mostBytes = mostBytes - OVERHEAD_BYTES;
    this.ledger = ledger;
  }

  static Ledger ledger() {
    return new Ledger("streams", "records", List.of(TAKEN, OTHER, TOO_LARGE));
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
      String fate = fate(record);
      entries.count(fate, 1);
      if (fate.equals(TAKEN)) {
        requireNonNull(context, "process before init").forward(record);
      }
    }

    private String fate(Record<byte[], byte[]> record) {
      if (!filter.takes(record.key())) {
        return OTHER;
      }
      return record.value() == null || record.value().length <= mostBytes ? TAKEN : TOO_LARGE;
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
