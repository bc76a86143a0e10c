package dev.flamingostreams.captions;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class PatienceTest {
  private final Patience patience = new Patience();

  @Test
  void theTasksOfAThreadWaitTogetherUntilItHasCommitted() {
    patience.spend(30);
    patience.spend(60);
    assertThat(patience.left(100)).isEqualTo(10);
    patience.spend(20);
    assertThat(patience.left(100)).isNegative();

    patience.renew();
    assertThat(patience.left(100)).isEqualTo(100);
  }

  @Test
  void anotherThreadHasItsOwn() {
    patience.spend(100);
    assertThat(CompletableFuture.supplyAsync(() -> patience.left(100)).join()).isEqualTo(100);
  }

  @Test
  void itIsAThirdOfTheTransactionTimeOut() {
    assertThat(Patience.thirdOfTransaction(Map.of())).isEqualTo(3_333);
    assertThat(Patience.thirdOfTransaction(Map.of("transaction.timeout.ms", 6_000)))
        .isEqualTo(2_000);
    assertThat(
            Patience.thirdOfTransaction(
                Map.of(
                    "transaction.timeout.ms", 6_000, "producer.transaction.timeout.ms", " 9000 ")))
        .isEqualTo(3_000);
  }
}
