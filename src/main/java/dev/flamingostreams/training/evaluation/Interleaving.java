package dev.flamingostreams.training.evaluation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.flamingostreams.engine.ClipInput;
import dev.flamingostreams.engine.DecodingOptions;
import dev.flamingostreams.engine.Description;
import dev.flamingostreams.engine.Prompt;
import dev.flamingostreams.engine.Task;
import dev.flamingostreams.flamingo.FrameTiming;
import dev.flamingostreams.training.scenes.Scene;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Shows two clips in one prompt, then the same two in the other order: each is told by what it
 * shows, whichever place it has. The text of the clip that comes first is given when the second is
 * told.
 */
final class Interleaving implements Examination {
  private final int frames;
  private final Map<Group, Shown> waiting = new EnumMap<>(Group.class);
  private final List<Pair> pairs = new ArrayList<>();

  Interleaving(EvaluationPlan plan) {
    frames = plan.fewCounts().get(0);
  }

  private record Shown(Scene scene, ClipInput clip) {}

  /** What was said of one clip in both places. */
  private static final class Told {
    private final Scene scene;
    private @Nullable Description first;
    private @Nullable Description second;

    Told(Scene scene) {
      this.scene = scene;
    }

    boolean isSame() {
      return first != null && second != null && first.text().equals(second.text());
    }

    boolean isFailed() {
      return first == null || second == null;
    }

    boolean isExactFirst() {
      return first != null && scene.isToldBy(first.text());
    }

    boolean isExactSecond() {
      return second != null && scene.isToldBy(second.text());
    }
  }

  private record Pair(Told one, Told other, boolean readable) {
    int count(Predicate<Told> condition) {
      return (condition.test(one) ? 1 : 0) + (condition.test(other) ? 1 : 0);
    }
  }

  @Override
  public void examine(Exhibit exhibit, Interview interview) {
    Group group = exhibit.subject().group();
    @Nullable Scene scene = exhibit.subject().scene();
    if (scene == null || !Measure.INTERLEAVED.groups().contains(group)) {
      return;
    }
    Shown shown = new Shown(scene, exhibit.clip(Cut.EVEN, frames));
    @Nullable Shown before = waiting.remove(group);
    if (before == null) {
      waiting.put(group, shown);
    } else {
      ask(before, shown, interview);
    }
  }

  private void ask(Shown one, Shown other, Interview interview) {
    boolean readable =
        interview.canRead(one.scene.caption()) && interview.canRead(other.scene.caption());
    Pair pair = new Pair(new Told(one.scene), new Told(other.scene), readable);
    pairs.add(pair);
    alone(one, pair.one, interview);
    alone(other, pair.other, interview);
    after(other, one, pair.one, interview);
    after(one, other, pair.other, interview);
  }

  private static void alone(Shown shown, Told told, Interview interview) {
    interview.ask(Task.plain(), FrameTiming.CLOCK, shown.clip, said -> told.first = said);
  }

  private static void after(Shown before, Shown shown, Told told, Interview interview) {
    Prompt prompt =
        new Prompt("<image>" + before.scene.caption() + "<EOC><image>", List.of(before.clip));
    interview.ask(
        new Task.Describe(prompt, DecodingOptions.NONE),
        FrameTiming.CLOCK,
        shown.clip,
        said -> told.second = said);
  }

  void write(ObjectNode into) {
    into.put("frames", frames).put("pairs", pairs.size());
    into.put("failed", pairs.stream().filter(pair -> pair.count(Told::isFailed) > 0).count());
    into.put("unreadable", pairs.stream().filter(pair -> !pair.readable).count());
    int same = (int) pairs.stream().filter(pair -> pair.count(Told::isSame) == 2).count();
    Shares.put(into, "swapped", same, pairs.size());
    into.put("clips", 2 * pairs.size());
    share(into, "same", Told::isSame);
    share(into, "exactAsFirst", Told::isExactFirst);
    share(into, "exactAsSecond", Told::isExactSecond);
  }

  private void share(ObjectNode into, String key, Predicate<Told> condition) {
    int count = pairs.stream().mapToInt(pair -> pair.count(condition)).sum();
    Shares.put(into, key, count, 2 * pairs.size());
  }
}
