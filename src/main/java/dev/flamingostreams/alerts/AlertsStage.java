package dev.flamingostreams.alerts;

import dev.flamingostreams.schema.Alert;
import dev.flamingostreams.schema.Caption;
import dev.flamingostreams.schema.Changelogs;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/** Forwards an alert, keyed by stream and at the caption's time, for each rule that is due. */
public final class AlertsStage implements ProcessorSupplier<String, Caption, String, Alert> {
  private final String name;
  private final List<AlertRule> rules;
  private final AlertLedgers ledgers;
  private final StoreBuilder<?> states;

  /**
   * @param name of the processor; its store's name begins with it
   * @throws IllegalArgumentException if two rules have the same name
   */
  public AlertsStage(String name, List<AlertRule> rules, AlertLedgers ledgers) {
    this.name = name;
    this.rules = List.copyOf(rules);
    this.ledgers = ledgers;
    Set<String> names = new HashSet<>();
    for (AlertRule rule : rules) {
      if (!names.add(rule.name())) {
        throw new IllegalArgumentException(
            "two rules are named '%s'; rename one".formatted(rule.name()));
      }
    }
    // A camera's clock may be anywhere; a broker refuses record times that are far ahead of its
    // own.
    Map<String, String> changelog = new HashMap<>(Changelogs.ofSmallStore());
    changelog.put(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, "LogAppendTime");
    states =
        Stores.keyValueStoreBuilder(
                Stores.persistentKeyValueStore(store()), Serdes.String(), Serdes.ByteArray())
            .withLoggingEnabled(changelog);
  }

  @Override
  public Processor<String, Caption, String, Alert> get() {
    return new AlertsProcessor(name, store(), rules, ledgers);
  }

  @Override
  public Set<StoreBuilder<?>> stores() {
    return Set.of(states);
  }

  private String store() {
    return name + "-rules";
  }
}
