package dev.flamingostreams.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flamingostreams.checkpoints.ModelDirectory;
import dev.flamingostreams.checkpoints.StoredType;
import dev.flamingostreams.checkpoints.Tokenizer;
import dev.flamingostreams.flamingo.FlamingoConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class BatchedDescriberTest {
  private static final Duration LONG = Duration.ofSeconds(50);
  private static final PreparedTask TASK =
      new Conversation(
          RandomModel.TINY,
          new PreparedPrompt(Passage.of(new int[] {2}, token -> token == 2), List.of()),
          List.of(),
          RandomModel.TINY.decoding());

  @TempDir Path directory;

  @Test
  void aClipThatNobodyWaitsForAnyMoreIsNotComputed() throws Exception {
    RandomModel.write(directory, RandomModel.TINY, StoredType.F16);
    Held processor = new Held();
    try (Tokenizer tokenizer = Tokenizer.open(directory.resolve(ModelDirectory.TOKENIZER));
        Batcher batcher =
            new Batcher(
                pause -> processor, Crew.of(1), 1, Duration.ZERO, LONG, FramePool.of(0, LONG));
        Describer describer = describer(tokenizer, batcher)) {
      CompletableFuture<Description> first = describer.describe(clip(1));
      processor.begun.await();
      CompletableFuture<Description> second = describer.describe(clip(2));
      CompletableFuture<Description> third = describer.describe(clip(3));
      second.cancel(true);
      processor.release.countDown();

      assertThat(first.get().tokens()).isEqualTo(2);
      assertThat(third.get().tokens()).isEqualTo(2);
      assertThat(processor.computed).containsExactly(1L, 3L);
    }
  }

  @Test
  void whatIsMarkedOtherwiseIsByAnotherAuthor() throws Exception {
    RandomModel.write(directory, RandomModel.TINY, StoredType.F16);
    Held processor = new Held();
    processor.release.countDown();
    Comparison comparison = new Comparison(null, 0);
    try (Tokenizer tokenizer = Tokenizer.open(directory.resolve(ModelDirectory.TOKENIZER));
        Batcher batcher =
            new Batcher(
                pause -> processor, Crew.of(1), 1, Duration.ZERO, LONG, FramePool.of(0, LONG))) {
      for (double below : new double[] {-0.5, -0.5, -0.6}) {
        FlamingoConfig config = unsureBelow(below);
        describer(config, tokenizer, batcher).describe(clip(1), comparison).get();
      }
      assertThat(processor.authors.get(0)).isEqualTo(processor.authors.get(1));
      assertThat(processor.authors.get(0)).isNotEqualTo(processor.authors.get(2));
    }
  }

  private static FlamingoConfig unsureBelow(double threshold) {
    FlamingoConfig tiny = RandomModel.TINY;
    return RandomModel.with(tiny, tiny.language(), tiny.tokens(), threshold, tiny.unknownTexts());
  }

  private static Describer describer(Tokenizer tokenizer, Batcher batcher) {
    return describer(RandomModel.TINY, tokenizer, batcher);
  }

  private static Describer describer(FlamingoConfig config, Tokenizer tokenizer, Batcher batcher) {
    return new BatchedDescriber(
        new ModelInfo("fake", "weights", "prompt", "none"),
        TASK,
        config,
        batcher,
        new ReplyReader(tokenizer, config, Task.plain(), TASK),
        () -> EngineUsage.NONE);
  }

  private static ClipInput clip(long micros) {
    return new ClipInput(List.of(new byte[0]), new long[] {micros});
  }

  /** Waits with its first batch until it is released. */
  private static final class Held implements BatchProcessor {
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch release = new CountDownLatch(1);
    private final List<Long> authors = Collections.synchronizedList(new ArrayList<>());
    private final List<Long> computed = Collections.synchronizedList(new ArrayList<>());

    @Override
    public void process(List<ClipJob> batch) {
      begun.countDown();
      try {
        release.await();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      Answer answer = new Answer(new int[] {4}, new float[] {-0.5f, -0.5f});
      for (ClipJob job : batch) {
        computed.add(job.clip().captureMicros()[0]);
        authors.add(job.author());
        job.outcome()
            .complete(
                new ClipJob.Outcome(
                    new float[0], new Reply(List.of(answer), new float[0]), 0, 0, 0));
      }
    }

    @Override
    public int mostFrames() {
      return 4;
    }

    @Override
    public void encodeAhead(Map<FrameKey, byte[]> images) {}

    @Override
    public void close() {}
  }
}
