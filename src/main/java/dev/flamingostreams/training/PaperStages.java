package dev.flamingostreams.training;

import dev.flamingostreams.flamingo.FlamingoConfig;
import java.io.IOException;

/** The three stages of the paper, on scenes; the last one in rounds. */
record PaperStages(TrainingPlan plan, FlamingoConfig config, World world) implements Stages {

  @Override
  public Stage open(String name, Learner learner, int done) throws IOException {
    return switch (name) {
      case Recipe.VISION -> new ContrastiveStage(config, plan.vision(), feed(), done);
      case Recipe.LANGUAGE -> new LanguageStage(config, world, plan.language(), feed(), done);
      default -> captions(name, learner, done);
    };
  }

  private CaptionStage captions(String name, Learner learner, int done) throws IOException {
    TrainingPlan.Round round = plan.round(name).orElseThrow();
    CaptionStage.Lesson lesson = new CaptionStage.Lesson(name, round, plan.seed());
    return new CaptionStage(config, lesson, world, feed(), learner, done);
  }

  private SceneFeed feed() {
    return new SceneFeed(config.vision(), plan.seed());
  }
}
