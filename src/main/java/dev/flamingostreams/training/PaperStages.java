package dev.flamingostreams.training;

import ai.djl.ndarray.NDManager;
import dev.flamingostreams.flamingo.FlamingoConfig;

/** The three stages of the paper, on scenes. */
record PaperStages(TrainingPlan plan, FlamingoConfig config, World world) implements Stages {

  @Override
  public Stage open(String name, NDManager manager, int done) {
    return switch (name) {
      case Recipe.VISION -> new ContrastiveStage(config, plan.vision(), feed(), done);
      case Recipe.LANGUAGE -> new LanguageStage(config, world, plan.language(), feed(), done);
      case Recipe.CAPTIONS -> new CaptionStage(config, plan, world, feed(), manager, done);
      default -> throw new IllegalArgumentException("no such stage: " + name);
    };
  }

  private SceneFeed feed() {
    return new SceneFeed(config.vision(), plan.seed());
  }
}
