package dev.flamingostreams.training;

import dev.flamingostreams.flamingo.FlamingoConfig;

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
   */
  Stage open(String name, Learner learner, int done);
}
