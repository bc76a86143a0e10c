package dev.flamingostreams.training;

import dev.flamingostreams.training.scenes.Colour;
import dev.flamingostreams.training.scenes.Kind;
import dev.flamingostreams.training.scenes.Motion;
import dev.flamingostreams.training.scenes.Scene;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** What is said about scenes: captions, questions and their answers. */
final class World {
  private static final double SHARE_OF_QUESTIONS = 0.45;

  /** The prompt of the task {@code questions}. */
  private static final String ASKED = "Question:%s Short answer:";

  private final Vocabulary vocabulary = new Vocabulary(texts());

  private static List<String> texts() {
    List<String> texts = new ArrayList<>();
    texts.add("a an while " + Scene.NOTHING_KNOWN);
    texts.add(ASKED.formatted("what colour is the?"));
    texts.add("what kind of object is which way does move how many objects are there do");
    Stream.of(Colour.values()).map(Colour::word).forEach(texts::add);
    Stream.of(Kind.values()).map(Kind::word).forEach(texts::add);
    Stream.of(Motion.values()).map(Motion::words).forEach(texts::add);
    texts.add("nowhere one two yes no " + Questions.NONE + " " + Questions.UNKNOWN);
    return texts;
  }

  Vocabulary vocabulary() {
    return vocabulary;
  }

  /** The caption of the scene, or a question about it and the answer. */
  Chunk chunk(Scene scene, Random random) {
    return random.nextDouble() < SHARE_OF_QUESTIONS ? question(scene, random) : caption(scene);
  }

  /** A question about the scene and the answer. */
  Chunk question(Scene scene, Random random) {
    return chunk(Questions.ofTraining(random).ask(scene));
  }

  /** The caption, then a question that it answers: texts alone teach to look answers up. */
  Chunk reading(Scene scene, Random random) {
    Exchange exchange = Questions.ofTraining(random).ask(scene);
    return vocabulary.chunk(scene.caption() + " " + asked(exchange), exchange.answer());
  }

  Chunk caption(Scene scene) {
    return vocabulary.chunk("", scene.caption());
  }

  Chunk chunk(Exchange exchange) {
    return vocabulary.chunk(asked(exchange), exchange.answer());
  }

  private static String asked(Exchange exchange) {
    return ASKED.formatted(exchange.question());
  }
}
