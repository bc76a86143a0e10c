package dev.flamingostreams.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.Pipe;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class AnsweringTest {
  private final Answering answering = new Answering();

  @Test
  void anAnswerThatNobodyReadsIsDroppedAndItsThreadGoesOn() throws Exception {
    Pipe unread = Pipe.open();
    CompletableFuture<Boolean> interruptedAfterwards = new CompletableFuture<>();
    CompletableFuture<Void> answer =
        CompletableFuture.runAsync(
            () -> {
              try {
                answering.run(() -> unread.sink().write(ByteBuffer.allocate(16 << 20)));
              } catch (ClosedByInterruptException e) {
                interruptedAfterwards.complete(Thread.interrupted());
                throw new IllegalStateException(e);
              } catch (Exception e) {
                interruptedAfterwards.completeExceptionally(e);
              }
            });
    answering.dropStuck(Duration.ofMinutes(1));
    assertThat(answer).isNotDone();
    while (!answer.isDone()) {
      answering.dropStuck(Duration.ZERO);
      Thread.onSpinWait();
    }

    assertThatThrownBy(answer::get)
        .isInstanceOf(ExecutionException.class)
        .hasRootCauseInstanceOf(ClosedByInterruptException.class);
    assertThat(interruptedAfterwards.get()).isFalse();
  }

  @Test
  void whatIsAnsweredIsLeftAlone() throws Exception {
    answering.run(() -> {});
    answering.dropStuck(Duration.ZERO);
    assertThat(Thread.interrupted()).isFalse();
  }
}
