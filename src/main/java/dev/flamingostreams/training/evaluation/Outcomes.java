package dev.flamingostreams.training.evaluation;

import java.util.List;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;

/** Captions that were asked for. */
record Outcomes(List<Outcome> all) {
  Outcomes {
    all = List.copyOf(all);
  }

  Outcomes where(Predicate<Outcome> condition) {
    return new Outcomes(all.stream().filter(condition).toList());
  }

  Outcomes of(Group group) {
    return where(outcome -> outcome.subject().group() == group);
  }

  Outcomes of(Variant variant) {
    return where(outcome -> outcome.variant() == variant);
  }

  Outcomes of(int frames) {
    return where(outcome -> outcome.frames() == frames);
  }

  Stream<Outcome> stream() {
    return all.stream();
  }

  int count() {
    return all.size();
  }

  int count(Predicate<Outcome> condition) {
    return (int) all.stream().filter(condition).count();
  }

  int sum(ToIntFunction<Verdict> part) {
    return all.stream().map(Outcome::verdict).mapToInt(part).sum();
  }
}
