package dev.flamingostreams.flamingo;

import dev.flamingostreams.tensor.Backend;
import dev.flamingostreams.tensor.Tensor;

/** Biases of attention scores: which text sees which media, and which text sees which text. */
final class Mask {
  /** Minus infinity would give NaN in rows that see nothing; half precision reaches to -65504. */
  static final double HIDDEN = -3e4;

  private Mask() {}

  /**
   * Which media each token sees.
   *
   * @param textTime {@code [B, L]} ints: the media each token follows, counted from 1; 0 is none
   * @return {@code [B, 1, L, M·R]}
   */
  static Tensor mediaBias(
      Backend backend,
      CrossAttentionConfig.MediaMask mask,
      Tensor textTime,
      int media,
      int latents) {
    long[] s = textTime.shape();
    int[] times = new int[media * latents];
    for (int i = 0; i < times.length; i++) {
      times[i] = i / latents + 1;
    }
    Tensor text = textTime.reshape(s[0], 1, s[1], 1);
    Tensor time = backend.constant(times, 1, 1, 1, times.length);
    Tensor hidden =
        switch (mask) {
          case IMMEDIATE -> text.equal(time).not(); // φ of the paper
          case ALL_BEFORE -> text.less(time);
        };
    return hidden.toFloat().scale(HIDDEN);
  }

  /** {@code [B, L, 1]}: 1 for tokens that follow a media, 0 for those before any. */
  static Tensor seesMedia(Backend backend, Tensor textTime) {
    long[] s = textTime.shape();
    Tensor zero = backend.constant(new int[] {0}, 1);
    return zero.less(textTime).toFloat().reshape(s[0], s[1], 1);
  }
}
