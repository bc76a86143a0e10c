package dev.flamingostreams.training;

import dev.flamingostreams.training.Exchange.Form;
import dev.flamingostreams.training.scenes.Actor;
import dev.flamingostreams.training.scenes.Colour;
import dev.flamingostreams.training.scenes.Kind;
import dev.flamingostreams.training.scenes.Scene;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Stream;

/** Asks about scenes. Some questions are about what is not there. */
public final class Questions {
  static final String UNKNOWN = "unknown";
  static final String NONE = "none";
  private static final double SHARE_OF_ABSENT = 0.15;
  private static final double SHARE_OF_ABSENT_IN_TRAINING = 0.25;
  private static final double SHARE_OF_NEAR_MISSES = 0.5;

  private static final List<Form> OFTEN =
      Stream.concat(Stream.of(Form.values()), Stream.of(Form.MOTION, Form.DIRECTION, Form.PRESENCE))
          .toList();

  private final Random random;
  private final double shareOfAbsent;

  private Questions(Random random, double shareOfAbsent) {
    this.random = random;
    this.shareOfAbsent = shareOfAbsent;
  }

  /** Asks more often of what is not there than an examination does: that is the harder part. */
  static Questions ofTraining(Random random) {
    return new Questions(random, SHARE_OF_ABSENT_IN_TRAINING);
  }

  /** One question of each form, the same ones for equal scenes. */
  public static List<Exchange> about(Scene scene) {
    Questions questions = new Questions(new Random(scene.seed()), SHARE_OF_ABSENT);
    return Arrays.stream(Form.values()).map(form -> questions.ask(form, scene)).toList();
  }

  /** A question of any form; those about motion and presence, the hardest, come twice as often. */
  Exchange ask(Scene scene) {
    return ask(any(OFTEN), scene);
  }

  private Exchange ask(Form form, Scene scene) {
    Exchange exchange =
        switch (form) {
          case COLOUR -> colour(scene.actors());
          case KIND -> kind(scene.actors());
          case DIRECTION ->
              aboutOne(form, "which way does the %s move?", scene.actors(), Questions::direction);
          case MOTION ->
              aboutOne(
                  form, "what does the %s do?", scene.actors(), actor -> actor.motion().words());
          case COUNT ->
              new Exchange(form, "how many objects are there?", count(scene.actors().size()));
          case PRESENCE -> presence(scene.actors());
        };
    return scene.isKnown() ? exchange : new Exchange(form, exchange.question(), UNKNOWN);
  }

  private Exchange colour(List<Actor> actors) {
    Kind kind = asksOfAbsent(actors) ? any(Kind.values()) : any(actors).kind();
    List<Actor> meant = actors.stream().filter(actor -> actor.kind() == kind).toList();
    if (meant.size() > 1) {
      return kind(actors); // "the" would be ambiguous; two of a kind differ in colour
    }
    String answer = meant.isEmpty() ? NONE : meant.get(0).colour().word();
    return new Exchange(Form.COLOUR, "what colour is the " + kind.word() + "?", answer);
  }

  private Exchange kind(List<Actor> actors) {
    Colour colour = asksOfAbsent(actors) ? any(Colour.values()) : any(actors).colour();
    List<Actor> meant = actors.stream().filter(actor -> actor.colour() == colour).toList();
    if (meant.size() > 1) {
      return colour(actors);
    }
    String answer = meant.isEmpty() ? NONE : meant.get(0).kind().word();
    return new Exchange(Form.KIND, "what kind of object is " + colour.word() + "?", answer);
  }

  private static String direction(Actor actor) {
    return switch (actor.motion()) {
      case MOVES_LEFT -> "left";
      case MOVES_RIGHT -> "right";
      case MOVES_UP -> "up";
      case MOVES_DOWN -> "down";
      case TURNS_BACK -> "back";
      case STAYS_STILL, GROWS, SHRINKS, APPEARS, DISAPPEARS, BLINKS -> "nowhere";
    };
  }

  /**
   * About one object or one that is not there.
   *
   * @param question with a place for its name
   */
  private Exchange aboutOne(
      Form form, String question, List<Actor> actors, Function<Actor, String> answer) {
    if (asksOfAbsent(actors)) {
      return new Exchange(form, question.formatted(absent(actors)), NONE);
    }
    Actor actor = any(actors);
    return new Exchange(form, question.formatted(name(actor, actors)), answer.apply(actor));
  }

  private static String count(int actors) {
    return actors == 1 ? "one" : "two";
  }

  private Exchange presence(List<Actor> actors) {
    boolean there = !actors.isEmpty() && random.nextBoolean();
    String name = there ? name(any(actors)) : absent(actors);
    String article = name.startsWith(Colour.ORANGE.word()) ? "an " : "a ";
    return new Exchange(Form.PRESENCE, "is there " + article + name + "?", there ? "yes" : "no");
  }

  /** By its kind alone where that is enough, and now and then by both. */
  private String name(Actor actor, List<Actor> actors) {
    boolean unique = actors.stream().filter(other -> other.kind() == actor.kind()).count() == 1;
    return unique && random.nextBoolean()
        ? actor.kind().word()
        : name(actor.colour(), actor.kind());
  }

  private String name(Actor actor) {
    return switch (random.nextInt(3)) {
      case 0 -> actor.kind().word();
      case 1 -> actor.colour().word() + " object";
      default -> name(actor.colour(), actor.kind());
    };
  }

  /** A name that nothing there has; often it is right in its colour or kind. */
  private String absent(List<Actor> actors) {
    while (true) {
      boolean near = !actors.isEmpty() && random.nextDouble() < SHARE_OF_NEAR_MISSES;
      Colour colour = near && random.nextBoolean() ? any(actors).colour() : any(Colour.values());
      Kind kind = near && random.nextBoolean() ? any(actors).kind() : any(Kind.values());
      if (actors.stream().noneMatch(a -> a.colour() == colour && a.kind() == kind)) {
        return shortened(colour, kind, actors);
      }
    }
  }

  /** Without the colour or the kind, where what is left is still not there. */
  private String shortened(Colour colour, Kind kind, List<Actor> actors) {
    int part = random.nextInt(3);
    if (part == 0 && actors.stream().noneMatch(actor -> actor.kind() == kind)) {
      return kind.word();
    }
    if (part == 1 && actors.stream().noneMatch(actor -> actor.colour() == colour)) {
      return colour.word() + " object";
    }
    return name(colour, kind);
  }

  private static String name(Colour colour, Kind kind) {
    return colour.word() + " " + kind.word();
  }

  private boolean asksOfAbsent(List<Actor> actors) {
    return actors.isEmpty() || random.nextDouble() < shareOfAbsent;
  }

  private <T> T any(T[] values) {
    return values[random.nextInt(values.length)];
  }

  private <T> T any(List<T> values) {
    return values.get(random.nextInt(values.size()));
  }
}
