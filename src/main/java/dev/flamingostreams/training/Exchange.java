package dev.flamingostreams.training;

/**
 * A question about a clip and its answer.
 *
 * @param question such as {@code what colour is the car?}
 */
public record Exchange(Form form, String question, String answer) {

  /** What is asked for. */
  public enum Form {
    /** What colour is the car? */
    COLOUR,
    /** What kind of object is red? */
    KIND,
    /** Which way does the car move? */
    DIRECTION,
    /** What does the red car do? */
    MOTION,
    /** How many objects are there? */
    COUNT,
    /** Is there a red car? */
    PRESENCE
  }
}
