package dev.flamingostreams.training;

import dev.flamingostreams.flamingo.FlamingoConfig;
import java.io.IOException;

/** The stages of a run by their names. */
interface Stages {

  /** Makes them for a run. */
  interface Maker {
    Stages make(TrainingPlan plan, FlamingoConfig config, World world);
  }

  /**
   * A stage of {@link Recipe#STAGES}.
   *
   * @param learner that it will teach
   * @param done steps of it that need not be done again
   * @throws IOException if a file that it wants cannot be written
   */
  Stage open(String name, Learner learner, int done) throws IOException;
}
