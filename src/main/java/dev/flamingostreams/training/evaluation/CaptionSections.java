package dev.flamingostreams.training.evaluation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;

/** The parts of the report that say how right captions are: by objects, then by frames. */
final class CaptionSections {
  /** Fractions of the frame's height. */
  private static final double[] SIZES = {0.16, 0.25, 0.35, 0.45};

  private final EvaluationPlan plan;
  private final Outcomes outcomes;

  CaptionSections(EvaluationPlan plan, Outcomes outcomes) {
    this.plan = plan;
    this.outcomes = outcomes;
  }

  void captions(ObjectNode into) {
    forEach(
        plan.frameCounts(),
        into,
        (some, frames) -> {
          Outcomes plain = some.of(Variant.PLAIN);
          Shares.accuracy(plain, frames);
          Shares.confusions(plain, frames);
          Shares.unsure(plain, frames);
          bySize(plain, frames.putObject("bySize"));
        });
  }

  /** A row for each way of showing a clip that a measure wants. */
  void variants(Measure measure, ObjectNode into) {
    forEach(
        plan.fewCounts(),
        into,
        (some, frames) -> {
          for (Variant variant : measure.variants()) {
            ObjectNode shown = frames.putObject(variant.key());
            Shares.accuracy(some.of(variant), shown);
            Shares.confusions(some.of(variant), shown);
          }
        });
  }

  void unseen(ObjectNode into) {
    Outcomes plain = outcomes.of(Variant.PLAIN);
    unseen(plain, Group.ONE, Group.UNSEEN_ONE, into);
    unseen(plain, Group.TWO, Group.UNSEEN_TWO, into);
  }

  private void unseen(Outcomes plain, Group known, Group unseen, ObjectNode into) {
    ObjectNode group = into.putObject(known.key());
    Outcomes seen = plain.of(known).where(outcome -> outcome.subject().isSeen());
    for (int frames : plan.fewCounts()) {
      ObjectNode both = group.putObject(Integer.toString(frames));
      Shares.accuracy(seen.of(frames), both.putObject("seen"));
      Shares.accuracy(plain.of(unseen).of(frames), both.putObject("unseen"));
    }
  }

  private void forEach(
      List<Integer> counts, ObjectNode into, BiConsumer<Outcomes, ObjectNode> write) {
    for (Group group : Group.KNOWN) {
      ObjectNode objects = into.putObject(group.key());
      for (int frames : counts) {
        write.accept(outcomes.of(group).of(frames), objects.putObject(Integer.toString(frames)));
      }
    }
  }

  /** By the smaller of two objects; whatever is smaller or larger than the sizes goes to an end. */
  private static void bySize(Outcomes outcomes, ObjectNode into) {
    List<String> keys = sizes();
    for (int i = 0; i < keys.size(); i++) {
      double from = i == 0 ? 0 : SIZES[i];
      double to = i == keys.size() - 1 ? Double.MAX_VALUE : SIZES[i + 1];
      Shares.accuracy(
          outcomes.where(o -> o.subject().size() >= from && o.subject().size() < to),
          into.putObject(keys.get(i)));
    }
  }

  /** Keys of the report, such as {@code 0.16-0.25}. */
  static List<String> sizes() {
    return IntStream.range(0, SIZES.length - 1)
        .mapToObj(i -> String.format(Locale.ROOT, "%.2f-%.2f", SIZES[i], SIZES[i + 1]))
        .toList();
  }
}
