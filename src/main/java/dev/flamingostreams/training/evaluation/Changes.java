package dev.flamingostreams.training.evaluation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.flamingostreams.engine.Signature;
import dev.flamingostreams.engine.Task;
import dev.flamingostreams.flamingo.FrameTiming;
import dev.flamingostreams.training.scenes.Colour;
import dev.flamingostreams.training.scenes.Combination;
import dev.flamingostreams.training.scenes.Kind;
import dev.flamingostreams.training.scenes.Scene;
import dev.flamingostreams.training.scenes.SceneSampler;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * How far apart two clips of a scene look that follow one another, by what happens between them:
 * where a threshold for clips that count as unchanged may lie.
 */
final class Changes {
  /** Each kind with every other colour, one object a scene. */
  private static final int MOST_SCENES = 24;

  private static final List<Kind> KINDS = List.of(Kind.values());
  private static final List<Colour> COLOURS = List.of(Colour.values());

  private final Studio studio;
  private final EvaluationPlan plan;
  private final SceneSampler sampler;
  private final Map<Change, List<Double>> distances = new EnumMap<>(Change.class);

  private static final class Looks {
    private @Nullable Signature first;
  }

  Changes(Studio studio, EvaluationPlan plan) {
    this.studio = studio;
    this.plan = plan;
    sampler = new SceneSampler(plan.seed());
  }

  static int scenes(EvaluationPlan plan) {
    return Math.min(MOST_SCENES, plan.scenes());
  }

  /** Shows one scene that changes so, as two clips. */
  void show(Change change, int number, Interview interview) throws IOException {
    int height = plan.heights().get(number % plan.heights().size());
    Scene scene = scene(change, number);
    List<Shot> shots = studio.film(scene, height, change.from(), change.until());
    int half = shots.size() / 2;
    Looks looks = new Looks();
    look(shots.subList(0, half), interview, signature -> looks.first = signature);
    look(
        shots.subList(half, 2 * half),
        interview,
        signature -> {
          if (looks.first != null) {
            distances
                .computeIfAbsent(change, key -> new ArrayList<>())
                .add(signature.distance(looks.first));
          }
        });
  }

  private Scene scene(Change change, int number) {
    Colour colour = COLOURS.get(number % COLOURS.size());
    Kind kind = KINDS.get(number % KINDS.size());
    Scene scene = sampler.one(new Combination(colour, kind, change.motion()));
    return scene.seenBy(change.degradation(), scene.seed());
  }

  private static void look(List<Shot> shots, Interview interview, Consumer<Signature> listener) {
    interview.ask(
        Task.plain(),
        FrameTiming.CLOCK,
        Cut.all(shots),
        said -> {
          if (said != null && said.signature() != null) {
            listener.accept(said.signature());
          }
        });
  }

  void write(ObjectNode into) {
    into.put("frames", plan.videoFrames() / 2);
    for (Change change : Change.values()) {
      List<Double> some = new ArrayList<>(distances.getOrDefault(change, List.of()));
      Collections.sort(some);
      ObjectNode part = into.putObject(change.key()).put("pairs", some.size());
      if (!some.isEmpty()) {
        part.put("least", Shares.rounded(some.get(0)));
        part.put("median", Shares.rounded(some.get(some.size() / 2)));
        part.put("most", Shares.rounded(some.get(some.size() - 1)));
      }
    }
  }
}
