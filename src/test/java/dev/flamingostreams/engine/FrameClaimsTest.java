package dev.flamingostreams.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class FrameClaimsTest {
  private final FrameKey a = new FrameKey(0, 1);
  private final FrameKey b = new FrameKey(0, 2);
  private final FrameClaims claims = new FrameClaims(Duration.ofSeconds(50));

  @Test
  void aFrameIsOneThreadsAtATime() {
    assertThat(claims.claim(Set.of(a))).containsExactly(a);
    assertThat(claims.claim(Set.of(a, b))).containsExactly(b);
    assertThat(claims.contains(a)).isTrue();
    claims.release(Set.of(a));
    assertThat(claims.contains(a)).isFalse();
    assertThat(claims.claim(Set.of(a, b))).containsExactly(a);
  }

  @Test
  void othersWaitUntilOneIsReleased() throws Exception {
    claims.claim(Set.of(a, b));
    CompletableFuture<Void> other = CompletableFuture.runAsync(() -> claims.awaitAny(Set.of(a, b)));
    assertThat(other).isNotDone();
    claims.release(Set.of(b));
    other.get();
    claims.awaitAny(Set.of());
  }

  @Test
  void aClaimThatIsTooOldNoLongerCounts() {
    FrameClaims impatient = new FrameClaims(Duration.ofMillis(20));
    impatient.claim(Set.of(a));
    impatient.awaitAny(Set.of(a));
    assertThat(impatient.claim(Set.of(a))).containsExactly(a);
  }
}
