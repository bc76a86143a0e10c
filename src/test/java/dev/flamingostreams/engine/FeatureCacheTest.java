package dev.flamingostreams.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FeatureCacheTest {
  private final FrameKey a = FrameKey.of(new byte[] {1});
  private final FrameKey b = FrameKey.of(new byte[] {2});
  private final FrameKey c = FrameKey.of(new byte[] {3});

  @Test
  void forgetsWhatWasUsedLongestAgoAndStaysWithinItsBytes() {
    FeatureCache cache = new FeatureCache(80);
    cache.put(a, new float[10]);
    cache.put(b, new float[10]);
    assertThat(cache.get(a)).hasSize(10);
    cache.put(c, new float[9]);
    assertThat(cache.get(b)).isNull();
    assertThat(cache.get(a)).hasSize(10);
    assertThat(cache.get(c)).hasSize(9);
    assertThat(cache.bytes()).isEqualTo(76);
    cache.put(c, new float[2]);
    assertThat(cache.bytes()).isEqualTo(48);
    cache.put(b, new float[21]);
    assertThat(cache.bytes()).isZero();
    assertThat(cache.get(b)).isNull();
  }

  @Test
  void equalBytesAreTheSameFrame() {
    assertThat(FrameKey.of(new byte[] {1})).isEqualTo(a).isNotEqualTo(b);
  }
}
