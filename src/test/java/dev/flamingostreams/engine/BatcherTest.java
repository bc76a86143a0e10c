package dev.flamingostreams.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@Timeout(60)
class BatcherTest {
  private static final Duration LONG = Duration.ofSeconds(50);
  private static final ClipJob.Outcome DONE =
      new ClipJob.Outcome(new float[0], Reply.NONE, 0, 0, 0);

  private final List<Integer> sizes = Collections.synchronizedList(new ArrayList<>());
  private final AtomicInteger opened = new AtomicInteger();
  private final AtomicInteger closed = new AtomicInteger();
  private final CountDownLatch release = new CountDownLatch(1);
  private volatile Runnable pauses = () -> {};
  private volatile Consumer<Map<FrameKey, byte[]>> ahead = images -> {};
  private final PreparedTask task =
      new Conversation(
          RandomModel.TINY,
          new PreparedPrompt(Passage.of(new int[] {2}, token -> token == 2), List.of()),
          List.of(),
          RandomModel.TINY.decoding());
  private final List<Batcher> batchers = new ArrayList<>();

  @AfterEach
  void close() {
    release.countDown();
    batchers.forEach(Batcher::close);
  }

  @Test
  void clipsOfOneFrameCountShareABatchAndOthersFollow() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    Batcher batcher =
        batcher(
            LONG,
            batch -> {
              begun.countDown();
              await(release);
            });
    ClipJob first = submit(batcher, 1);
    begun.await();
    List<ClipJob> jobs = new ArrayList<>(List.of(first));
    for (int frames : new int[] {3, 5, 3, 3, 5}) {
      jobs.add(submit(batcher, frames));
    }
    release.countDown();
    for (ClipJob job : jobs) {
      assertThat(job.outcome().get()).isSameAs(DONE);
    }
    assertThat(sizes).containsExactly(1, 3, 2);
  }

  @Test
  void noBatchIsLargerThanAllowed() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    Batcher batcher =
        batcher(
            LONG,
            batch -> {
              begun.countDown();
              await(release);
            });
    submit(batcher, 1);
    begun.await();
    List<ClipJob> jobs = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      jobs.add(submit(batcher, 2));
    }
    release.countDown();
    for (ClipJob job : jobs) {
      job.outcome().get();
    }
    assertThat(sizes).containsExactly(1, 4, 3);
  }

  @Test
  void aClipThatTheModelFailsOnDoesNotTouchItsNeighbours() throws Exception {
    List<ClipJob> jobs = new ArrayList<>();
    CountDownLatch all = new CountDownLatch(1);
    Batcher batcher =
        batcher(
            LONG,
            batch -> {
              await(all);
              if (batch.contains(jobs.get(2))) {
                throw new IllegalStateException("poisoned");
              }
            });
    jobs.add(submit(batcher, 1));
    for (int i = 0; i < 4; i++) {
      jobs.add(submit(batcher, 2));
    }
    all.countDown();
    for (int i : new int[] {0, 1, 3, 4}) {
      assertThat(jobs.get(i).outcome().get()).isSameAs(DONE);
    }
    failed(jobs.get(2), "model", "poisoned");
    assertThat(opened).hasValue(1);
  }

  @Test
  void aClipThatHangsTimesOutAndAnotherProcessorServesTheRest() throws Exception {
    List<ClipJob> jobs = new ArrayList<>();
    CountDownLatch all = new CountDownLatch(1);
    Batcher batcher =
        batcher(
            Duration.ofMillis(300),
            batch -> {
              await(all);
              if (batch.contains(jobs.get(1))) {
                await(release);
              }
            });
    for (int i = 0; i < 3; i++) {
      jobs.add(submit(batcher, 2));
    }
    all.countDown();
    assertThat(jobs.get(0).outcome().get()).isSameAs(DONE);
    assertThat(jobs.get(2).outcome().get()).isSameAs(DONE);
    failed(jobs.get(1), "timeout", "longer than 0.3 s");
    assertThat(opened.get()).isGreaterThan(1);
    assertThat(submit(batcher, 2).outcome().get()).isSameAs(DONE);
    assertThat(Batcher.isStuck()).isTrue();
    release.countDown();
    while (Batcher.isStuck()) {
      Thread.onSpinWait();
    }
  }

  @Test
  void aClipThatHangsWhileTheBatcherClosesIsKnownToHang() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    Batcher batcher =
        batcher(
            Duration.ofMillis(200),
            batch -> {
              begun.countDown();
              await(release);
            });
    submit(batcher, 1);
    begun.await();
    batcher.close();
    assertThat(Batcher.isStuck()).isTrue();
    release.countDown();
    while (Batcher.isStuck()) {
      Thread.onSpinWait();
    }
  }

  @Test
  void closingCancelsWhatHasNotBegunAndClosesTheProcessor() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    Batcher batcher =
        batcher(
            LONG,
            batch -> {
              begun.countDown();
              await(release);
            });
    ClipJob running = submit(batcher, 1);
    begun.await();
    ClipJob waiting = submit(batcher, 1);
    var unused = waiting.outcome().whenComplete((outcome, fault) -> release.countDown());
    batcher.close();
    assertThat(waiting.outcome()).isCancelled();
    assertThat(running.outcome().get()).isSameAs(DONE);
    assertThat(submit(batcher, 1).outcome()).isCancelled();
    assertThat(closed).hasValue(1);
  }

  private static void failed(ClipJob job, String reason, String message) {
    assertThatThrownBy(() -> job.outcome().get())
        .isInstanceOf(ExecutionException.class)
        .cause()
        .isInstanceOfSatisfying(
            ClipException.class, e -> assertThat(e.reason().label()).isEqualTo(reason))
        .hasMessageContaining(message);
  }

  @Test
  void severalThreadsComputeSideBySide() throws Exception {
    CyclicBarrier bothAtWork = new CyclicBarrier(2);
    Batcher batcher =
        batcher(
            Crew.of(2),
            LONG,
            batch -> {
              try {
                bothAtWork.await();
              } catch (InterruptedException | BrokenBarrierException e) {
                throw new IllegalStateException(e);
              }
            });
    ClipJob one = submit(batcher, 1);
    ClipJob other = submit(batcher, 2);
    assertThat(one.outcome().get()).isSameAs(DONE);
    assertThat(other.outcome().get()).isSameAs(DONE);
    batcher.close();
    assertThat(closed).hasValue(2);
  }

  @Test
  void framesAreEncodedAFewAtATimeWhenNoClipIsDue() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch sixth = new CountDownLatch(6);
    ahead = images -> images.forEach((key, image) -> sixth.countDown());
    Batcher batcher =
        batcher(
            LONG,
            batch -> {
              begun.countDown();
              await(release);
            });
    submit(batcher, 1);
    begun.await();
    for (byte i = 0; i < 6; i++) {
      batcher.prepare(new byte[] {i});
    }
    batcher.prepare(new byte[] {0});
    for (int i = 0; i < 4; i++) {
      submit(batcher, 2);
    }
    release.countDown();
    sixth.await();
    assertThat(sizes).as("clips first, frames negative").containsExactly(1, 4, -4, -2);
  }

  @Test
  void aFrameThatTheModelFailsOnHarmsNobody() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    ahead =
        images -> {
          begun.countDown();
          throw new IllegalStateException("poisoned");
        };
    Batcher batcher = batcher(LONG, batch -> {});
    batcher.prepare(new byte[] {1});
    begun.await();
    assertThat(submit(batcher, 2).outcome().get()).isSameAs(DONE);
    assertThat(opened).hasValue(1);
    assertThat(sizes).containsExactly(-1, 1);
  }

  @Test
  void aFrameThatHangsIsLeftBehindAndAnotherProcessorServesTheClips() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    ahead =
        images -> {
          begun.countDown();
          await(release);
        };
    Batcher batcher = batcher(Duration.ofMillis(300), batch -> {});
    batcher.prepare(new byte[] {1});
    begun.await();
    assertThat(submit(batcher, 2).outcome().get()).isSameAs(DONE);
    assertThat(opened).hasValue(2);
    assertThat(Batcher.isStuck()).isTrue();
    release.countDown();
    while (Batcher.isStuck()) {
      Thread.onSpinWait();
    }
  }

  @Test
  void aThreadThatRestsTakesNothingUpAndIsWokenAtTheEnd() throws Exception {
    Crew crew = new Crew(1, Threads.named("flamingo-engine"), work -> LONG.toNanos());
    Batcher batcher = batcher(crew, LONG, batch -> {});
    assertThat(submit(batcher, 1).outcome().get()).isSameAs(DONE);
    ClipJob second = submit(batcher, 1);
    batcher.close();
    assertThat(second.outcome()).isCancelled();
    assertThat(sizes).containsExactly(1);
    assertThat(closed).hasValue(1);
  }

  @Test
  void aThreadThatHasToRestTakesOneClipAtATime() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    Crew crew = new Crew(1, Threads.named("flamingo-engine"), work -> 1);
    Batcher batcher =
        batcher(
            crew,
            LONG,
            batch -> {
              begun.countDown();
              await(release);
            });
    List<ClipJob> jobs = new ArrayList<>(List.of(submit(batcher, 1)));
    begun.await();
    for (int i = 0; i < 3; i++) {
      jobs.add(submit(batcher, 2));
    }
    release.countDown();
    for (ClipJob job : jobs) {
      assertThat(job.outcome().get()).isSameAs(DONE);
    }
    assertThat(sizes).containsExactly(1, 1, 1, 1);
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aPauseInAClipRestsForWhatWasComputedAndDoesNotCountAsTheModelsTime() throws Exception {
    Duration timeout = Duration.ofSeconds(2);
    Duration rest = timeout.multipliedBy(5).dividedBy(4);
    Crew crew = new Crew(1, Threads.named("flamingo-engine"), piece -> rest.toNanos());
    long start = System.nanoTime();
    Batcher batcher =
        batcher(
            crew,
            timeout,
            batch -> {
              compute();
              pauses.run();
            });
    assertThat(submit(batcher, 1).outcome().get()).isSameAs(DONE);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(rest);
    assertThat(opened).as("no thread was given up").hasValue(1);
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void theEndCutsAPauseShort() throws Exception {
    CountDownLatch computed = new CountDownLatch(1);
    Crew crew = new Crew(1, Threads.named("flamingo-engine"), work -> LONG.toNanos());
    Batcher batcher =
        batcher(
            crew,
            LONG,
            batch -> {
              compute();
              computed.countDown();
              pauses.run();
            });
    ClipJob job = submit(batcher, 1);
    computed.await();
    batcher.close();
    assertThat(job.outcome().get()).isSameAs(DONE);
    assertThat(closed).hasValue(1);
  }

  /** Enough to be worth a rest. */
  private static void compute() {
    ProcessorTime before = ProcessorTime.ofThisThread();
    while (ProcessorTime.ofThisThread().since(before).ran() < 100_000_000) {
      Thread.onSpinWait();
    }
  }

  private Batcher batcher(Duration timeout, Consumer<List<ClipJob>> work) {
    return batcher(Crew.of(1), timeout, work);
  }

  private Batcher batcher(Crew crew, Duration timeout, Consumer<List<ClipJob>> work) {
    Batcher batcher =
        new Batcher(
            pause -> {
              opened.incrementAndGet();
              pauses = pause;
              return new Fake(work);
            },
            crew,
            4,
            Duration.ofMillis(1),
            timeout,
            FramePool.of(1_000, timeout));
    batchers.add(batcher);
    return batcher;
  }

  private final class Fake implements BatchProcessor {
    private final Consumer<List<ClipJob>> work;

    Fake(Consumer<List<ClipJob>> work) {
      this.work = work;
    }

    @Override
    public void process(List<ClipJob> batch) {
      sizes.add(batch.size());
      work.accept(batch);
      batch.forEach(job -> job.outcome().complete(DONE));
    }

    @Override
    public int mostFrames() {
      return 4;
    }

    @Override
    public void encodeAhead(Map<FrameKey, byte[]> images) {
      sizes.add(-images.size());
      ahead.accept(images);
    }

    @Override
    public void close() {
      closed.incrementAndGet();
    }
  }

  private ClipJob submit(Batcher batcher, int frames) {
    long[] micros = new long[frames];
    List<byte[]> images = new ArrayList<>();
    for (int i = 0; i < frames; i++) {
      micros[i] = i;
      images.add(new byte[0]);
    }
    ClipJob job = new ClipJob(new ClipInput(images, micros), task);
    batcher.submit(job);
    return job;
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
