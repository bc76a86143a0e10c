package dev.flamingostreams.training.evaluation;

import static dev.flamingostreams.training.evaluation.Variant.DROPPED;
import static dev.flamingostreams.training.evaluation.Variant.DROPPED_BY_INDEX;
import static dev.flamingostreams.training.evaluation.Variant.JITTERED;
import static dev.flamingostreams.training.evaluation.Variant.JITTERED_BY_INDEX;
import static dev.flamingostreams.training.evaluation.Variant.PLAIN;
import static dev.flamingostreams.training.evaluation.Variant.SHUFFLED;
import static dev.flamingostreams.training.evaluation.Variant.WITHOUT_TIMES;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** What can be measured of a model. */
public enum Measure {
  /** Captions at every number of frames. */
  CAPTIONS,
  /** What jitter and dropped frames cost. */
  TIMING,
  /** What the model has from the times of the frames, and from their order. */
  ABLATIONS,
  /** Combinations that never occur in training, against those that do. */
  UNSEEN,
  /** Questions by their form. */
  QUESTIONS,
  /** Whether captions are right as often as the model is sure of them. */
  CALIBRATION,
  /** How much of what the model knows and does not know is marked unsure. */
  REJECTION,
  /** Whether each of two clips keeps its text when they change places. */
  INTERLEAVED,
  /** How far apart clips of a scene look that follow one another. */
  CHANGES;

  /** Its name on the command line and in the report. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Clips that it needs. */
  List<Group> groups() {
    return switch (this) {
      case CAPTIONS, TIMING, ABLATIONS, CALIBRATION, INTERLEAVED -> Group.KNOWN;
      case UNSEEN -> List.of(Group.ONE, Group.TWO, Group.UNSEEN_ONE, Group.UNSEEN_TWO);
      case QUESTIONS -> List.of(Group.ONE, Group.TWO, Group.UNKNOWN);
      case REJECTION -> Stream.concat(Group.KNOWN.stream(), Group.NOT_KNOWN.stream()).toList();
      case CHANGES -> List.of();
    };
  }

  /** How captions are asked for. */
  List<Variant> variants() {
    return switch (this) {
      case CAPTIONS, UNSEEN, CALIBRATION, REJECTION -> List.of(PLAIN);
      case TIMING -> List.of(PLAIN, JITTERED, DROPPED);
      case ABLATIONS ->
          List.of(
              PLAIN,
              WITHOUT_TIMES,
              SHUFFLED,
              JITTERED,
              JITTERED_BY_INDEX,
              DROPPED,
              DROPPED_BY_INDEX);
      case QUESTIONS, INTERLEAVED, CHANGES -> List.of();
    };
  }

  /** Whether captions are asked for at every number of frames, not only at a few. */
  boolean isAtEveryCount() {
    return this == CAPTIONS || this == CALIBRATION || this == REJECTION;
  }
}
