package dev.flamingostreams.training.scenes;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Draws scenes; equal seeds draw equal scenes. Every combination of colour, kind and motion comes
 * once before any comes again, unless turns are to come more often. Not thread-safe.
 */
public final class SceneSampler {
  private static final double[] USUAL_ASPECTS = {1, 4.0 / 3, 1.5, 1.6, 16.0 / 9, 16.0 / 9};
  private static final double WIDEST = 16.0 / 9;
  private static final double LEAST_SIZE = 0.16;
  private static final double LEAST_RESIZED = 0.18;
  private static final double MOST_SIZE = 0.45;
  private static final double MOST_SIZE_OF_TWO = 0.36;
  private static final double SHARE_WITH_BAR = 0.15;
  private static final double SHARE_THAT_MEETS = 0.2;
  private static final int TRIES_TO_MEET = 60;

  private final SplittableRandom random;
  private final Deck main;
  private final Deck companions;

  public SceneSampler(long seed) {
    this(seed, Split.ALL);
  }

  public SceneSampler(long seed, Split split) {
    this(seed, split, 1);
  }

  /**
   * @param turns how often a combination comes whose motion {@linkplain Motion#isTurn() turns}, for
   *     each time that another one does
   */
  public SceneSampler(long seed, Split split, int turns) {
    random = new SplittableRandom(seed);
    main = new Deck(split, turns, random.nextLong());
    companions = new Deck(split == Split.UNSEEN ? Split.SEEN : split, turns, random.nextLong());
  }

  /** The combinations of a split, shuffled anew whenever all were drawn. */
  private static final class Deck {
    private final List<Combination> cards = new ArrayList<>();
    private final Random order;
    private int drawn;

    Deck(Split split, int turns, long seed) {
      order = new Random(seed);
      Combination.all().stream()
          .filter(split::admits)
          .forEach(
              card -> cards.addAll(Collections.nCopies(card.motion().isTurn() ? turns : 1, card)));
      drawn = cards.size();
    }

    Combination draw() {
      if (drawn == cards.size()) {
        Collections.shuffle(cards, order);
        drawn = 0;
      }
      return cards.get(drawn++);
    }
  }

  /** One object. */
  public Scene one() {
    return one(main.draw());
  }

  public Scene one(Combination combination) {
    Camera camera = camera();
    Actor actor = actor(combination, MOST_SIZE, camera);
    return known(List.of(actor), camera);
  }

  /**
   * Two objects that differ in colour or kind. Of {@link Split#UNSEEN}, one of them is a
   * combination that never occurs in training.
   */
  public Scene two() {
    Combination first = main.draw();
    Combination second = companions.draw();
    while (first.colour() == second.colour() && first.kind() == second.kind()) {
      second = companions.draw();
    }
    Camera camera = camera();
    double most = MOST_SIZE_OF_TWO;
    int meetings = random.nextDouble() < SHARE_THAT_MEETS ? TRIES_TO_MEET : 0;
    while (true) {
      Actor one = actor(first, most, camera);
      Actor other = actor(second, most, camera);
      boolean wanted = meetings-- <= 0 || Overlaps.occur(one, other, camera.aspect);
      if (wanted && Overlaps.areBrief(one, other, camera.aspect)) {
        return known(List.of(one, other), camera);
      }
      most = Math.max(LEAST_RESIZED + 0.02, 0.99 * most);
    }
  }

  /** A clip without a known object. */
  public Scene unknown() {
    double aspect = aspect();
    Unknowns unknowns = new Unknowns(random, aspect);
    return new Scene(
        List.of(),
        unknowns.strays(),
        null,
        aspect,
        unknowns.backdrop(),
        Degradations.drawUnknown(random),
        random.nextLong());
  }

  private record Camera(double aspect, Degradation degradation) {}

  private Camera camera() {
    return new Camera(aspect(), Degradations.draw(random));
  }

  private double aspect() {
    return random.nextDouble() < 0.7
        ? USUAL_ASPECTS[random.nextInt(USUAL_ASPECTS.length)]
        : random.nextDouble(1, WIDEST);
  }

  private Actor actor(Combination combination, double mostSize, Camera camera) {
    int rgb = combination.colour().pick(random);
    Figure figure = Figures.draw(combination.kind(), rgb, random);
    Motion motion = combination.motion();
    boolean resizes = motion == Motion.GROWS || motion == Motion.SHRINKS;
    double size = random.nextDouble(resizes ? LEAST_RESIZED : LEAST_SIZE, mostSize);
    double shake = camera.degradation.shake();
    Course course =
        new CourseSampler(random, figure, size, camera.aspect, shake).draw(combination.motion());
    return new Actor(combination.colour(), combination.kind(), motion, rgb, figure, course);
  }

  private Scene known(List<Actor> actors, Camera camera) {
    List<Integer> colours = actors.stream().map(Actor::rgb).toList();
    return new Scene(
        actors,
        List.of(),
        bar(actors, camera.aspect),
        camera.aspect,
        Backgrounds.draw(colours, random),
        camera.degradation,
        random.nextLong());
  }

  private @Nullable Bar bar(List<Actor> actors, double aspect) {
    return random.nextDouble() < SHARE_WITH_BAR ? Bars.draw(actors, aspect, random) : null;
  }
}
