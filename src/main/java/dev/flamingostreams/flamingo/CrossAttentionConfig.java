package dev.flamingostreams.flamingo;

import com.fasterxml.jackson.databind.EnumNamingStrategies;
import com.fasterxml.jackson.databind.annotation.EnumNaming;

/**
 * Where and how text looks at media.
 *
 * @param first the block before which the first gated cross-attention stands
 * @param every from there, one before every n-th block
 * @param feedForward width inside its feed-forwards
 */
public record CrossAttentionConfig(
    int first,
    int every,
    int heads,
    int headWidth,
    int feedForward,
    Activation activation,
    MediaMask mask) {

  /** Which media a token sees. */
  @EnumNaming(EnumNamingStrategies.LowerCamelCaseStrategy.class)
  public enum MediaMask {
    /** Only the one just before it, φ of the paper. */
    IMMEDIATE,
    ALL_BEFORE
  }

  /** Whether a cross-attention stands before that block. */
  boolean before(int block) {
    return block >= first && (block - first) % every == 0;
  }

  void validate(int layers) {
    Check.range("crossAttention.first", first, 0, layers - 1);
    Check.range("crossAttention.every", every, 1, 1000);
    Check.range("crossAttention.heads", heads, 1, 1024);
    Check.range("crossAttention.headWidth", headWidth, 1, 4096);
    Check.range("crossAttention.feedForward", feedForward, 1, Check.MOST);
  }
}
