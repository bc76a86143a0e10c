package dev.flamingostreams.dashboard;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Whether the process is alive, and whether it is at work; each by checks of a name. */
public final class Health {
  private static final int MOST_REASON = 500;

  private final List<Check> live = new CopyOnWriteArrayList<>();
  private final List<Check> ready = new CopyOnWriteArrayList<>();

  /** Asked at any time, by any thread; must not block. */
  public interface Check {
    String name();

    /** What is wrong, in one line; empty if nothing is. */
    Optional<String> fault();

    static Check of(String name, Supplier<Optional<String>> fault) {
      return new Check() {
        @Override
        public String name() {
          return name;
        }

        @Override
        public Optional<String> fault() {
          return fault.get();
        }
      };
    }
  }

  record Finding(
      String name,
      boolean ok,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String reason) {}

  record Report(boolean ok, List<Finding> checks) {
    Report {
      checks = List.copyOf(checks);
    }
  }

  /** What fails here is mended by a new start of the process. */
  public void live(Check check) {
    live.add(check);
  }

  /** What fails here may pass by itself. */
  public void ready(Check check) {
    ready.add(check);
  }

  Report live() {
    return report(live);
  }

  Report ready() {
    return report(ready);
  }

  private static Report report(List<Check> checks) {
    List<Finding> findings = new ArrayList<>();
    for (Check check : checks) {
      String fault = check.fault().map(text -> Shown.text(text, MOST_REASON)).orElse(null);
      findings.add(new Finding(check.name(), fault == null, fault));
    }
    return new Report(findings.stream().allMatch(Finding::ok), findings);
  }
}
