package dev.flamingostreams.training.scenes;

import java.util.ArrayList;
import java.util.List;

/** A colour, a kind of object and a motion. */
public record Combination(Colour colour, Kind kind, Motion motion) {
  /** One in so many is kept from training. */
  private static final int HELD_OUT = 11;

  private static final List<Colour> COLOURS = List.of(Colour.values());
  private static final List<Kind> KINDS = List.of(Kind.values());
  private static final List<Motion> MOTIONS = List.of(Motion.values());

  /**
   * Whether it never occurs in training. Every colour, kind and motion, and every pair of them,
   * does.
   */
  public boolean heldOut() {
    int diagonal = 5 * COLOURS.indexOf(colour) + 7 * KINDS.indexOf(kind) + reversible();
    return diagonal % HELD_OUT == 0;
  }

  /** A clip played backwards must not show what is held out. */
  private int reversible() {
    return Math.min(MOTIONS.indexOf(motion), MOTIONS.indexOf(motion.reversed()));
  }

  static List<Combination> all() {
    List<Combination> all = new ArrayList<>();
    for (Colour colour : COLOURS) {
      for (Kind kind : KINDS) {
        for (Motion motion : MOTIONS) {
          all.add(new Combination(colour, kind, motion));
        }
      }
    }
    return all;
  }
}
