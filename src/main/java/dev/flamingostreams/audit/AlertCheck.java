package dev.flamingostreams.audit;

import dev.flamingostreams.alerts.AlertRule;
import dev.flamingostreams.alerts.Watch;
import dev.flamingostreams.plugin.TopologyFile;
import dev.flamingostreams.schema.Alert;
import dev.flamingostreams.schema.Caption;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** Every alert that is due with the captions against those that are there. */
final class AlertCheck implements AutoCloseable {
  private record Raised(String rule, String clip) {
    @Override
    public String toString() {
      return "%s on %s".formatted(rule, clip);
    }
  }

  /** What is on the topic of one alert. */
  private static final class There {
    final Place first;
    int times;
    int late;
    int due;

    There(Place first) {
      this.first = first;
    }
  }

  private final TopologyFile file;
  private final Kept captions;
  private final Kept alerts;
  private final Count count;
  private final Watch watch;
  private final Set<String> rules;
  private final Map<Raised, There> there = new LinkedHashMap<>();
  private final Set<String> streamsWithAlerts = new HashSet<>();
  private final Set<String> known = new HashSet<>();
  private final Set<String> seen = new HashSet<>();

  AlertCheck(TopologyFile file, Kept captions, Kept alerts, Findings findings) {
    this.file = file;
    this.captions = captions;
    this.alerts = alerts;
    count = new Count("alerts", findings);
    watch = new Watch(file.rules(), new Remembered(), Watch.Accounts.NONE);
    rules = file.rules().stream().map(AlertRule::name).collect(Collectors.toSet());
  }

  /**
   * Alerts come first, then captions.
   *
   * @param late whether its caption may not be read any more
   */
  void alert(ConsumerRecord<?, ?> record, Alert alert, boolean late) {
    if (!file.input().streams().test(alert.stream())) {
      return;
    }
    if (!rules.contains(alert.rule())) {
      count.unchecked(1); // of a rule that the file has no more, or of another file
      return;
    }
    Raised raised = new Raised(alert.rule(), alert.caption().clip());
    There one = there.computeIfAbsent(raised, key -> new There(Place.of(record)));
    one.times++;
    one.late += late ? 1 : 0;
  }

  /**
   * @param judged whether its alerts are; the rules remember it in any case
   */
  void caption(ConsumerRecord<?, ?> record, Caption caption, boolean judged) {
    Set<String> raised = watch.see(caption).stream().map(Alert::rule).collect(Collectors.toSet());
    boolean whole = captions.isWhole(record.partition());
    if (!captions.isWhole()) {
      seen.add(caption.clip());
    }
    for (AlertRule rule : file.rules()) {
      There one = there.get(new Raised(rule.name(), caption.clip()));
      boolean due = raised.contains(rule.name());
      if (!judged) {
        setAside(one);
      } else if (whole || known.contains(stream(rule, caption))) {
        judge(rule, caption, due, one, Place.of(record));
      } else {
        learn(rule, caption, due, one);
      }
    }
  }

  /** Looks for what is not due, once all is read. */
  Tally tally() {
    there.forEach(
        (raised, one) -> {
          for (int i = one.due + one.late; i < one.times; i++) {
            surplus(raised, one);
          }
        });
    return count.tally();
  }

  @Override
  public void close() {
    watch.close();
  }

  private void setAside(@Nullable There one) {
    if (one != null) {
      count.unchecked(one.times - one.due);
      one.due = one.times;
    }
  }

  private void judge(AlertRule rule, Caption caption, boolean due, @Nullable There one, Place at) {
    if (!due) {
      return;
    }
    count.due(1);
    if (one != null && one.due < one.times) {
      found(caption, one);
    } else if (!alerts.isWhole() && !streamsWithAlerts.contains(caption.stream())) {
      count.unchecked(1);
    } else {
      count.missing(1, "%s, of %s".formatted(new Raised(rule.name(), caption.clip()), at));
    }
  }

  // Where earlier captions are gone, what a rule remembers is known from its first alert on.
  private void learn(AlertRule rule, Caption caption, boolean due, @Nullable There one) {
    if (one != null) {
      watch.alerted(rule, caption);
      known.add(stream(rule, caption));
      count.due(1);
      found(caption, one);
    } else if (due) {
      count.unchecked(1);
    }
  }

  private void found(Caption caption, There one) {
    one.due++;
    count.found(1);
    streamsWithAlerts.add(caption.stream());
  }

  private void surplus(Raised raised, There one) {
    String which = "%s at %s".formatted(raised, one.first);
    if (one.due > 0) {
      count.doubled(which);
    } else if (captions.isWhole() || seen.contains(raised.clip())) {
      count.unexpected(which);
    } else {
      count.unchecked(1);
    }
  }

  private static String stream(AlertRule rule, Caption caption) {
    return rule.name() + "/" + caption.stream();
  }

  private static final class Remembered implements Watch.Memory {
    private final Map<String, byte[]> states = new HashMap<>();

    @Override
    public byte @Nullable [] get(String key) {
      return states.get(key);
    }

    @Override
    public void put(String key, byte[] state) {
      states.put(key, state);
    }
  }
}
