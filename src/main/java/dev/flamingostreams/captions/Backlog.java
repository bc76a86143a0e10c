package dev.flamingostreams.captions;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.kafka.streams.processor.TaskId;

/**
 * What waits in all tasks of a topology in this process. Says in one line that it lags, when the
 * first task does, and in another that it has caught up, when none does any more.
 */
final class Backlog {
  private final String name;
  private final Lagging rule;
  private final Consumer<String> say;
  private final Map<TaskId, Load> loads = new HashMap<>();
  private boolean lagging;
  private long sinceMillis;

  /**
   * @param name of the stage
   * @param say is told a line
   */
  Backlog(String name, Lagging rule, Consumer<String> say) {
    this.name = name;
    this.rule = rule;
    this.say = say;
  }

  /** What waits in one task. */
  record Load(int clips, int streams, long oldestMillis, boolean lagging) {}

  synchronized void report(TaskId task, Load load, long nowMillis) {
    loads.put(task, load);
    if (lagging != anyLags()) {
      lagging = !lagging;
      say.accept(name + (lagging ? lag() : caughtUp(nowMillis)));
      sinceMillis = nowMillis;
    }
  }

  /** The task goes elsewhere, with its lag. */
  synchronized void leave(TaskId task) {
    loads.remove(task);
    lagging = anyLags();
  }

  private boolean anyLags() {
    return loads.values().stream().anyMatch(Load::lagging);
  }

  private String lag() {
    long oldest = loads.values().stream().mapToLong(Load::oldestMillis).max().orElse(0);
    return " lags: %d clips of %d streams wait, the oldest for %d s%s"
        .formatted(
            loads.values().stream().mapToInt(Load::clips).sum(),
            loads.values().stream().mapToInt(Load::streams).sum(),
            TimeUnit.MILLISECONDS.toSeconds(oldest),
            remedy());
  }

  private String remedy() {
    boolean fewer = rule.frames() < Lagging.ALL_FRAMES;
    if (!fewer && rule.hop() == 1) {
      return "";
    }
    return "; until it has caught up it describes "
        + (rule.hop() > 1 ? "one window of %d".formatted(rule.hop()) : "every window")
        + (fewer ? " by %d of its frames".formatted(rule.frames()) : "");
  }

  private String caughtUp(long nowMillis) {
    return " has caught up after %d s"
        .formatted(TimeUnit.MILLISECONDS.toSeconds(nowMillis - sinceMillis));
  }
}
