package dev.flamingostreams.training.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.flamingostreams.engine.ClipInput;
import dev.flamingostreams.engine.Description;
import dev.flamingostreams.engine.ModelInfo;
import dev.flamingostreams.engine.Task;
import dev.flamingostreams.flamingo.FrameTiming;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

class InterviewTest {
  private final List<String> heard = new ArrayList<>();

  @Test
  void theOldestIsHeardBeforeTooManyWait() {
    Interview interview = new Interview(new Scripted(List.of()));
    for (int i = 0; i < 600; i++) {
      ask(interview, 100);
    }
    assertThat(heard).hasSize(600 - 512);
    interview.finish();
    assertThat(heard).hasSize(600).startsWith("0", "1").endsWith("599");
  }

  @Test
  void theOldestIsHeardBeforeImagesTakeTooMuchMemory() {
    Interview interview = new Interview(new Scripted(List.of()));
    for (int i = 0; i < 20; i++) {
      ask(interview, 10 << 20);
    }
    assertThat(heard).as("6 of 10 MB each wait").hasSize(20 - 6);
    interview.finish();
    assertThat(heard).hasSize(20);
  }

  @Test
  void failuresAreCountedByReasonWhateverTheyAre() {
    Interview interview =
        new Interview(
            new Scripted(
                List.of(
                    CompletableFuture.failedFuture(new IllegalStateException("broken")),
                    CompletableFuture.failedFuture(
                        new CompletionException(new IllegalStateException("broken"))),
                    CompletableFuture.failedFuture(new IllegalStateException()),
                    cancelled())));
    for (int i = 0; i < 5; i++) {
      ask(interview, 1);
    }
    interview.finish();
    assertThat(heard).containsExactly("nothing", "nothing", "nothing", "nothing", "4");
    assertThat(interview.failures())
        .containsExactly(
            entry("broken", 2), entry("cancelled", 1), entry("java.lang.IllegalStateException", 1));
  }

  @Test
  void reasonsThatAreAllDifferentAreNotAllKept() {
    List<CompletableFuture<Description>> answers = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      answers.add(CompletableFuture.failedFuture(new IllegalStateException("clip " + i)));
    }
    Interview interview = new Interview(new Scripted(answers));
    for (int i = 0; i < 100; i++) {
      ask(interview, 1);
    }
    interview.finish();
    assertThat(interview.failures()).hasSize(21).containsEntry("other", 80);
  }

  private static CompletableFuture<Description> cancelled() {
    CompletableFuture<Description> answer = new CompletableFuture<>();
    answer.cancel(false);
    return answer;
  }

  private void ask(Interview interview, int bytes) {
    interview.ask(
        Task.plain(),
        FrameTiming.CLOCK,
        clip(bytes),
        said -> heard.add(said == null ? "nothing" : said.text()));
  }

  private static ClipInput clip(int bytes) {
    return new ClipInput(List.of(new byte[bytes]), new long[] {0});
  }

  /** Gives these answers, then the number of the question. */
  private static final class Scripted implements Examinee {
    private final List<CompletableFuture<Description>> answers;
    private int asked;

    Scripted(List<CompletableFuture<Description>> answers) {
      this.answers = answers;
    }

    @Override
    public ModelInfo model() {
      return new ModelInfo("fake", "0", "0", "none");
    }

    @Override
    public boolean reads(String text) {
      return true;
    }

    @Override
    public CompletableFuture<Description> ask(Task task, FrameTiming timing, ClipInput clip) {
      int number = asked++;
      return number < answers.size()
          ? answers.get(number)
          : CompletableFuture.completedFuture(FakeWorld.said(Integer.toString(number)));
    }

    @Override
    public void close() {}
  }
}
