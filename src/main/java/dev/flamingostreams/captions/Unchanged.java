package dev.flamingostreams.captions;

/**
 * What becomes of a clip that looks as the last described one of its stream did.
 *
 * <p>With {@link Then#REPEAT} alerts see a caption as any other: a scene that stays still goes on
 * to match, so that {@code for: 3} holds after three clips and an alert comes again whenever its
 * cooldown is over, as if each clip had been described. With {@link Then#OMIT} alerts see nothing:
 * a scene that stays still neither adds to a run of matches nor breaks it, and raises no second
 * alert until it has changed.
 *
 * @param within the {@link dev.flamingostreams.engine.Signature#distance} up to which it does
 */
public record Unchanged(Then then, double within) {
  /**
   * For the default model. Noise alone stays below it, and mostly a little shake or a tenth more
   * light; most of what moves by a twentieth of its way from clip to clip is beyond. What moves
   * less than that from one clip to the next is not told from shake: it counts as unchanged until
   * it has moved far enough since the last described clip.
   */
  public static final double WITHIN = 0.15;

  /** Unrelated clips are not much farther apart. */
  public static final double MOST = 2;

  public static final Unchanged DEFAULT = new Unchanged(Then.DESCRIBE, WITHIN);

  /** What to do with it. */
  public enum Then {
    /** Describe it; nothing is compared. */
    DESCRIBE,
    /** Send the last caption again for the new clip, with {@code unchangedSince}. */
    REPEAT,
    /** Send nothing, and count it as {@code unchanged}. */
    OMIT
  }

  public Unchanged {
    if (!(within > 0 && within <= MOST)) {
      throw new IllegalArgumentException(
          "within %s must be above 0 and at most 2".formatted(within));
    }
  }

  /** Whether clips are compared, and so described one after the other. */
  boolean compares() {
    return then != Then.DESCRIBE;
  }
}
