package dev.flamingostreams.training;

import dev.flamingostreams.flamingo.FlamingoConfig;
import java.io.IOException;
import java.util.Optional;

/** The three stages of the paper, on scenes; the first and the last one in rounds. */
record PaperStages(TrainingPlan plan, FlamingoConfig config, World world) implements Stages {

  @Override
  public Stage open(String name, Learner learner, int done) throws IOException {
    if (name.equals(Recipe.LANGUAGE)) {
      return new LanguageStage(config, world, plan.language(), feed(), done);
    }
    Optional<TrainingPlan.VisionRound> vision = plan.visionRound(name);
    if (vision.isPresent()) {
      return new ContrastiveStage(config, name, vision.get(), feed(), done);
    }
    TrainingPlan.CaptionRound captions = plan.captionRound(name).orElseThrow();
    CaptionStage.Lesson lesson = new CaptionStage.Lesson(name, captions, plan.seed());
    return new CaptionStage(config, lesson, world, feed(), learner, done);
  }

  private SceneFeed feed() {
    return new SceneFeed(config.vision(), plan.seed());
  }
}
