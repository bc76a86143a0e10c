package dev.flamingostreams.dashboard;

import dev.flamingostreams.schema.Ledger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * What became of everything: by the ledgers of topologies that run in this process, and by what was
 * read from the topics since it started.
 */
public final class Accounts {
  static final int MOST_REASONS = 50;
  private static final String OTHER = "other";

  private final Map<String, List<Ledger>> ledgers;
  private final Map<String, LongAdder> read = new ConcurrentHashMap<>();
  private final Map<String, LongAdder> deadLetters = new ConcurrentHashMap<>();

  /**
   * One equation.
   *
   * @param open came in and has not ended
   */
  record Line(String topology, String stage, String unit, long in, List<Count> out, long open) {
    Line {
      out = List.copyOf(out);
    }
  }

  record Count(String name, long count) {}

  /**
   * @param lines of the ledgers of this process
   * @param read records of the topics by kind
   * @param deadLetters of them by reason
   */
  record View(List<Line> lines, List<Count> read, List<Count> deadLetters) {
    View {
      lines = List.copyOf(lines);
      read = List.copyOf(read);
      deadLetters = List.copyOf(deadLetters);
    }
  }

  /**
   * @param ledgers of each topology that runs in this process, by its name; may grow
   */
  public Accounts(Map<String, List<Ledger>> ledgers) {
    this.ledgers = ledgers;
  }

  void read(String kind, long count) {
    read.computeIfAbsent(kind, name -> new LongAdder()).add(count);
  }

  void deadLetter(String reason) {
    String name = Shown.text(reason, 40);
    boolean listed = deadLetters.containsKey(name) || deadLetters.size() < MOST_REASONS;
    deadLetters.computeIfAbsent(listed ? name : OTHER, key -> new LongAdder()).increment();
  }

  View view() {
    List<Line> lines = new ArrayList<>();
    ledgers.forEach(
        (topology, stages) -> stages.forEach(ledger -> lines.add(line(topology, ledger))));
    return new View(lines, counts(read), counts(deadLetters));
  }

  private static Line line(String topology, Ledger ledger) {
    List<Count> out = new ArrayList<>();
    ledger.outcomes().forEach((name, count) -> out.add(new Count(name, count)));
    return new Line(topology, ledger.stage(), ledger.unit(), ledger.in(), out, ledger.open());
  }

  private static List<Count> counts(Map<String, LongAdder> adders) {
    return adders.entrySet().stream()
        .map(entry -> new Count(entry.getKey(), entry.getValue().sum()))
        .sorted((a, b) -> a.name().compareTo(b.name()))
        .toList();
  }
}
