package dev.flamingostreams.training;

/**
 * How often the features of a clip are used in the caption stage: vision is frozen there, and
 * encoding a clip costs more than a step on it. What the first steps learn is true of all clips;
 * later on, clips that come again often are learnt by heart.
 *
 * @param until the step from which on it is the other number
 */
public record Replays(int atFirst, int until, int afterwards) {

  static Replays always(int times) {
    return new Replays(times, 0, times);
  }

  int at(long step) {
    return step < until ? atFirst : afterwards;
  }
}
