package dev.flamingostreams.alerts;

import dev.flamingostreams.schema.Alert;
import dev.flamingostreams.schema.Caption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides which alerts a caption raises, given those before it. What it remembers is kept by its
 * caller: a task in its store, an audit in memory.
 */
public final class Watch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Watch.class);

  /** What is remembered, by rule and stream. */
  public interface Memory {
    byte @Nullable [] get(String key);

    void put(String key, byte[] state);
  }

  /** Told how each caption and each match ends, in the words of {@link AlertLedgers}. */
  public interface Accounts {
    /** Counts nothing. */
    Accounts NONE =
        new Accounts() {
          @Override
          public void caption(String outcome) {}

          @Override
          public void match(String outcome) {}
        };

    void caption(String outcome);

    void match(String outcome);
  }

  private final List<AlertRule> rules;
  private final CaptionMatcher matcher;
  private final Memory memory;
  private final Accounts accounts;

  public Watch(List<AlertRule> rules, Memory memory, Accounts accounts) {
    this.rules = List.copyOf(rules);
    this.memory = memory;
    this.accounts = accounts;
    matcher = new CaptionMatcher(rules);
  }

  /** The alerts that are due with this caption, in the order of the rules. */
  public List<Alert> see(Caption caption) {
    Map<String, List<String>> matches;
    try {
      matches = matcher.match(caption.text());
    } catch (RuntimeException e) {
      // The caption is on its topic already; a query that fails must not stop the stream.
      LOG.warn("caption {} is not looked at for alerts: {}", caption.clip(), e.toString());
      accounts.caption(AlertLedgers.FAILED);
      return List.of();
    }
    List<Alert> alerts = new ArrayList<>();
    boolean matched = false;
    for (AlertRule rule : rules) {
      if (rule.streams().test(caption.stream())) {
        matched |= apply(rule, matches.get(rule.name()), caption, alerts);
      }
    }
    accounts.caption(matched ? AlertLedgers.MATCHED : AlertLedgers.UNMATCHED);
    return alerts;
  }

  /**
   * Takes it that the rule has just alerted on this caption, whatever it remembers: for a stream
   * whose earlier captions are not known.
   */
  public void alerted(AlertRule rule, Caption caption) {
    RuleState state = RuleState.NEW;
    for (int i = 0; i < rule.consecutive(); i++) {
      state = state.matched(caption.startMicros());
    }
    memory.put(key(rule, caption), state.afterAlert(caption.endMicros()).toBytes());
  }

  @Override
  public void close() {
    matcher.close();
  }

  /** Whether the rule matched, alert or not. */
  private boolean apply(
      AlertRule rule, @Nullable List<String> terms, Caption caption, List<Alert> alerts) {
    String key = key(rule, caption);
    if (terms == null || (caption.unsure() && !rule.unsure())) {
      breakRun(rule, key);
      return terms != null && count(AlertLedgers.UNSURE);
    }
    RuleState state = RuleState.fromBytes(memory.get(key)).matched(caption.startMicros());
    if (state.run() < rule.consecutive()) {
      memory.put(key, state.toBytes());
      return count(AlertLedgers.TOO_FEW);
    }
    if (state.cooling(caption.endMicros(), rule.cooldown())) {
      memory.put(key, state.toBytes());
      return count(AlertLedgers.COOLING);
    }
    memory.put(key, state.afterAlert(caption.endMicros()).toBytes());
    alerts.add(alert(rule, terms, caption, state));
    return count(AlertLedgers.ALERTS);
  }

  private void breakRun(AlertRule rule, String key) {
    if (rule.consecutive() == 1) {
      return;
    }
    RuleState state = RuleState.fromBytes(memory.get(key));
    if (state.run() > 0) {
      memory.put(key, state.missed().toBytes());
    }
  }

  private boolean count(String outcome) {
    accounts.match(outcome);
    return true;
  }

  private static String key(AlertRule rule, Caption caption) {
    return rule.name() + "/" + caption.stream();
  }

  private static Alert alert(AlertRule rule, List<String> terms, Caption caption, RuleState state) {
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
