package dev.flamingostreams.training.evaluation;

import dev.flamingostreams.training.scenes.Scene;
import dev.flamingostreams.training.scenes.SceneSampler;
import dev.flamingostreams.training.scenes.Split;
import java.io.IOException;
import java.util.Random;

/** The videos of one group, one after the other; equal seeds give equal ones. */
final class Exhibits {
  private final EvaluationPlan plan;
  private final Group group;
  private final SceneFilm film;
  private final Stills stills;
  private final SceneSampler sampler;
  private final Random seeds;
  private int number;

  Exhibits(EvaluationPlan plan, Group group, SceneFilm film, Stills stills) {
    this.plan = plan;
    this.group = group;
    this.film = film;
    this.stills = stills;
    long seed = new Random(31 * plan.seed() + group.name().hashCode()).nextLong();
    boolean unseen = group == Group.UNSEEN_ONE || group == Group.UNSEEN_TWO;
    sampler = new SceneSampler(seed, unseen ? Split.UNSEEN : Split.ALL);
    seeds = new Random(~seed);
  }

  Exhibit next() throws IOException {
    long seed = seeds.nextLong();
    return switch (group) {
      case ONE, UNSEEN_ONE -> scene(sampler.one(), seed);
      case TWO, UNSEEN_TWO -> scene(sampler.two(), seed);
      case UNKNOWN -> scene(sampler.unknown(), seed);
      case NOISE -> stills.noise(number++, seed);
      case BLANK -> stills.blank(number++, seed);
      case FOOTAGE -> throw new IllegalStateException("recordings are played, not drawn");
    };
  }

  private Exhibit scene(Scene scene, long seed) throws IOException {
    int height = plan.heights().get(number % plan.heights().size());
    Subject subject = new Subject(group, "", number++, scene);
    return new Exhibit(subject, film.film(scene, height), seed);
  }
}
