package dev.flamingostreams.alerts;

import static java.util.Objects.requireNonNull;

import dev.flamingostreams.schema.Alert;
import dev.flamingostreams.schema.Caption;
import dev.flamingostreams.schema.Ledger;
import java.util.List;
import java.util.Map;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One task's rules: match, remember, alert what is due. */
final class AlertsProcessor implements Processor<String, Caption, String, Alert> {
  private static final Logger LOG = LoggerFactory.getLogger(AlertsProcessor.class);

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
    task =
        new Task(
            context,
            context.getStateStore(store),
            new CaptionMatcher(rules),
            ledgers.captions().entries(context, name),
            ledgers.matches().entries(context, name));
  }

  @Override
  public void process(Record<String, Caption> caption) {
    Task task = requireNonNull(this.task, "process before init");
    task.captions.in(1);
    Map<String, List<String>> matches;
    try {
      matches = task.matcher.match(caption.value().text());
    } catch (RuntimeException e) {
      // The caption is on its topic already; a query that fails must not stop the stream.
      LOG.warn("caption {} is not looked at for alerts: {}", caption.value().clip(), e.toString());
      task.captions.count(AlertLedgers.FAILED, 1);
      return;
    }
    boolean matched = false;
    for (AlertRule rule : rules) {
      if (rule.streams().test(caption.value().stream())) {
        matched |= task.apply(rule, matches.get(rule.name()), caption);
      }
    }
    task.captions.count(matched ? AlertLedgers.MATCHED : AlertLedgers.UNMATCHED, 1);
  }

  @Override
  public void close() {
    if (task != null) {
      task.close();
      task = null;
    }
  }

  private record Task(
      ProcessorContext<String, Alert> context,
      KeyValueStore<String, byte[]> states,
      CaptionMatcher matcher,
      Ledger.Entries captions,
      Ledger.Entries matches) {

    /** Whether the rule matched, alert or not. */
    boolean apply(AlertRule rule, @Nullable List<String> terms, Record<String, Caption> record) {
      Caption caption = record.value();
      String key = rule.name() + "/" + caption.stream();
      if (terms == null || (caption.unsure() && !rule.unsure())) {
        breakRun(rule, key);
        return terms != null && count(AlertLedgers.UNSURE);
      }
      RuleState state = RuleState.fromBytes(states.get(key)).matched(caption.startMicros());
      if (state.run() < rule.consecutive()) {
        states.put(key, state.toBytes());
        return count(AlertLedgers.TOO_FEW);
      }
      if (state.cooling(caption.endMicros(), rule.cooldown())) {
        states.put(key, state.toBytes());
        return count(AlertLedgers.COOLING);
      }
      states.put(key, state.afterAlert(caption.endMicros()).toBytes());
      context.forward(record.withValue(alert(rule, terms, caption, state)));
      return count(AlertLedgers.ALERTS);
    }

    void close() {
      matcher.close();
      captions.close();
      matches.close();
    }

    private void breakRun(AlertRule rule, String key) {
      if (rule.consecutive() == 1) {
        return;
      }
      RuleState state = RuleState.fromBytes(states.get(key));
      if (state.run() > 0) {
        states.put(key, state.missed().toBytes());
      }
    }

    private boolean count(String outcome) {
      matches.in(1);
      matches.count(outcome, 1);
      return true;
    }

    private static Alert alert(
        AlertRule rule, List<String> terms, Caption caption, RuleState state) {
      return new Alert(
          rule.name(),
          rule.severity().label(),
          caption.stream(),
          caption,
          terms,
          state.firstSeenMicros(),
          caption.endMicros(),
          state.count());
    }
  }
}
