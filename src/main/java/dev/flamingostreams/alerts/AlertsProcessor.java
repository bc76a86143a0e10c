package dev.flamingostreams.alerts;

import static java.util.Objects.requireNonNull;

import dev.flamingostreams.schema.Alert;
import dev.flamingostreams.schema.Caption;
import dev.flamingostreams.schema.Ledger;
import java.util.List;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** Joins {@link Watch} to Kafka Streams: one task's rules, their memory in a store. */
final class AlertsProcessor implements Processor<String, Caption, String, Alert> {
  private final String name;
  private final String store;
  private final List<AlertRule> rules;
  private final AlertLedgers ledgers;

  private @Nullable Task task;

  AlertsProcessor(String name, String store, List<AlertRule> rules, AlertLedgers ledgers) {
    this.name = name;
    this.store = store;
    this.rules = rules;
    this.ledgers = ledgers;
  }

  @Override
  public void init(ProcessorContext<String, Alert> context) {
    Counts counts =
        new Counts(
            ledgers.captions().entries(context, name), ledgers.matches().entries(context, name));
    Stored memory = new Stored(context.getStateStore(store));
    task = new Task(context, new Watch(rules, memory, counts), counts);
  }

  @Override
  public void process(Record<String, Caption> caption) {
    Task task = requireNonNull(this.task, "process before init");
    task.counts.captions.in(1);
    for (Alert alert : task.watch.see(caption.value())) {
      task.context.forward(caption.withValue(alert));
    }
  }

  @Override
  public void close() {
    if (task != null) {
      task.watch.close();
      task.counts.captions.close();
      task.counts.matches.close();
      task = null;
    }
  }

  private record Task(ProcessorContext<String, Alert> context, Watch watch, Counts counts) {}

  private record Stored(KeyValueStore<String, byte[]> store) implements Watch.Memory {
    @Override
    public byte @Nullable [] get(String key) {
      return store.get(key);
    }

    @Override
    public void put(String key, byte[] state) {
      store.put(key, state);
    }
  }

  private record Counts(Ledger.Entries captions, Ledger.Entries matches) implements Watch.Accounts {
    @Override
    public void caption(String outcome) {
      captions.count(outcome, 1);
    }

    @Override
    public void match(String outcome) {
      matches.in(1);
      matches.count(outcome, 1);
    }
  }
}
