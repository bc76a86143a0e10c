package dev.flamingostreams.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.FloatBuffer;
import java.nio.ShortBuffer;
import org.junit.jupiter.api.Test;

class FeatureCacheTest {
  private final FrameKey a = FrameKey.of(new byte[] {1});
  private final FrameKey b = FrameKey.of(new byte[] {2});
  private final FrameKey c = FrameKey.of(new byte[] {3});

  @Test
  void forgetsWhatWasUsedLongestAgoAndStaysWithinItsBytes() {
    FeatureCache cache = new FeatureCache(80);
    cache.put(a, FloatBuffer.allocate(10));
    cache.put(b, FloatBuffer.allocate(10));
    assertThat(cache.get(a)).isNotNull();
    cache.put(c, FloatBuffer.allocate(9));
    assertThat(cache.get(b)).isNull();
    assertThat(cache.get(a)).isNotNull();
    assertThat(cache.get(c)).isNotNull();
    assertThat(cache.bytes()).isEqualTo(76);
    cache.put(c, FloatBuffer.allocate(2));
    assertThat(cache.bytes()).isEqualTo(48);
    cache.put(b, FloatBuffer.allocate(21));
    assertThat(cache.bytes()).isZero();
    assertThat(cache.get(b)).isNull();
  }

  @Test
  void hasRoomAheadOfTheClipsWhileLessThanHalfHasNotBeenAskedFor() {
    FeatureCache cache = new FeatureCache(80);
    cache.putAhead(a, FloatBuffer.allocate(5));
    assertThat(cache.hasRoomAhead()).isTrue();
    cache.putAhead(b, FloatBuffer.allocate(5));
    assertThat(cache.hasRoomAhead()).isFalse();
    assertThat(cache.contains(a)).isTrue();
    assertThat(cache.hasRoomAhead()).as("to look does not count").isFalse();
    assertThat(cache.get(a)).isNotNull();
    assertThat(cache.hasRoomAhead()).isTrue();
    cache.putAhead(a, FloatBuffer.allocate(5));
    assertThat(cache.hasRoomAhead()).isFalse();
    cache.put(c, FloatBuffer.allocate(11));
    assertThat(cache.contains(b)).isFalse();
    assertThat(cache.hasRoomAhead()).as("what is forgotten does not count").isTrue();
  }

  @Test
  void nothingHasRoomAheadInACacheOfNothing() {
    FeatureCache cache = new FeatureCache(0);
    cache.putAhead(a, FloatBuffer.allocate(5));
    assertThat(cache.hasRoomAhead()).isFalse();
    assertThat(cache.bytes()).isZero();
  }

  @Test
  void halfFloatsTakeHalfTheRoom() {
    FeatureCache cache = new FeatureCache(80);
    cache.put(a, ShortBuffer.allocate(20));
    cache.put(b, ShortBuffer.allocate(20));
    assertThat(cache.bytes()).isEqualTo(80);
    assertThat(cache.get(a)).isInstanceOf(ShortBuffer.class);
  }

  @Test
  void equalBytesAreTheSameFrame() {
    assertThat(FrameKey.of(new byte[] {1})).isEqualTo(a).isNotEqualTo(b);
  }
}
