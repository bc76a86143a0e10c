package dev.flamingostreams.training.evaluation;

import dev.flamingostreams.engine.Task;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Asks for the captions that the measures of a plan want; what several want is asked once. */
final class Captioning implements Examination {
  /** A multiple of how many sorts of noise, and of sizes of videos, take turns. */
  private static final int ROUND = 24;

  private final EvaluationPlan plan;
  private final List<Outcome> outcomes = new ArrayList<>();

  private record Showing(Variant variant, int frames) {}

  Captioning(EvaluationPlan plan) {
    this.plan = plan;
  }

  @Override
  public void examine(Exhibit exhibit, Interview interview) {
    Subject subject = exhibit.subject();
    for (Showing showing : wanted(exhibit)) {
      interview.ask(
          Task.plain(),
          showing.variant.timing(),
          exhibit.clip(showing.variant.cut(), showing.frames),
          said -> outcomes.add(Outcome.of(subject, showing.variant, showing.frames, said)));
    }
  }

  Outcomes outcomes() {
    return new Outcomes(outcomes);
  }

  private Set<Showing> wanted(Exhibit exhibit) {
    Set<Showing> wanted = new LinkedHashSet<>();
    plan.inOrder()
        .filter(measure -> measure.groups().contains(exhibit.subject().group()))
        .forEach(
            measure -> {
              for (Variant variant : measure.variants()) {
                counts(measure, exhibit).forEach(n -> wanted.add(new Showing(variant, n)));
              }
            });
    return wanted;
  }

  /** What is not known is shown once: recordings whole, others with the numbers in turn. */
  private List<Integer> counts(Measure measure, Exhibit exhibit) {
    List<Integer> all = plan.frameCounts();
    Subject subject = exhibit.subject();
    if (subject.group() == Group.FOOTAGE) {
      return List.of(exhibit.shots().size());
    }
    if (Group.NOT_KNOWN.contains(subject.group())) {
      return List.of(all.get(inTurn(subject.number(), all.size())));
    }
    return measure.isAtEveryCount() ? all : plan.fewCounts();
  }

  /**
   * In turn within {@value #ROUND} clips, and each round begins one further on: sorts and sizes of
   * clips come in turn too.
   */
  static int inTurn(int number, int count) {
    return (number % ROUND + number / ROUND) % count;
  }
}
