package dev.flamingostreams.engine;

import org.jspecify.annotations.Nullable;

/**
 * What a clip is compared with before it is described.
 *
 * @param last signature of an earlier clip; null if there is none, so that the clip is described
 * @param within the {@link Signature#distance} up to which the clip counts as unchanged
 */
public record Comparison(@Nullable Signature last, double within) {

  public boolean isUnchanged(Signature now) {
    return last != null && now.distance(last) <= within;
  }
}
