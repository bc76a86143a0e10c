package dev.flamingostreams.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.flamingostreams.checkpoints.Tokenizer;
import dev.flamingostreams.flamingo.Flamingo;
import dev.flamingostreams.flamingo.FlamingoConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Stage 2: the language model learns the language from text alone. */
final class LanguageStage implements Stage {
  private final FlamingoConfig config;
  private final Vocabulary vocabulary;
  private final List<String> texts;
  private final TrainingPlan.Stage plan;
  private final Random random;

  LanguageStage(
      FlamingoConfig config,
      Vocabulary vocabulary,
      List<String> texts,
      TrainingPlan.Stage plan,
      long seed) {
    this.config = config;
    this.vocabulary = vocabulary;
    this.texts = texts;
    this.plan = plan;
    this.random = new Random(seed);
  }

  @Override
  public String name() {
    return "language";
  }

  @Override
  public TrainingPlan.Stage plan() {
    return plan;
  }

  @Override
  public boolean trains(String weight) {
    return weight.startsWith("language.") && !weight.contains(".cross_attention.");
  }

  @Override
  public NDArray loss(NDManager step, TorchWeights weights) {
    List<int[]> batch = new ArrayList<>();
    for (int i = 0; i < plan.batch(); i++) {
      batch.add(vocabulary.caption(texts.get(random.nextInt(texts.size()))));
    }
    TorchBackend backend = new TorchBackend(step);
    TextBatch text = new TextBatch(batch, vocabulary.id(Tokenizer.PAD));
    Flamingo flamingo = new Flamingo(config, weights.in(backend), backend);
    return text.loss(step, flamingo.textLogits(text.inputs(backend)));
  }

  @Override
  public void close() {}
}
