package dev.flamingostreams.engine;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** The real batches, threads and time-outs of an engine around another describer as the model. */
public final class BatchedModel implements Describer {
  private static final int MOST = 4;

  private final Describer model;
  private final PreparedTask task =
      new Conversation(
          RandomModel.TINY,
          new PreparedPrompt(Passage.of(new int[] {2}, token -> token == 2), List.of()),
          List.of(),
          RandomModel.TINY.decoding());
  private final Batcher batcher;

  /**
   * @param model whose answers are waited for by the engine's thread
   * @param opened told when a session is opened
   */
  public BatchedModel(Describer model, Duration timeout, Runnable opened) {
    this.model = model;
    batcher =
        new Batcher(
            pause -> {
              opened.run();
              return new Waiting();
            },
            Crew.of(1),
            MOST,
            Duration.ofMillis(5),
            timeout,
            FramePool.of(0, timeout));
  }

  @Override
  public ModelInfo model() {
    return model.model();
  }

  @Override
  public CompletableFuture<Description> describe(ClipInput clip) {
    ClipJob job = new ClipJob(clip, task);
    batcher.submit(job);
    return job.outcome().thenCompose(done -> model.describe(clip));
  }

  @Override
  public void close() {
    batcher.close();
    model.close();
  }

  private final class Waiting implements BatchProcessor {
    @Override
    public void process(List<ClipJob> batch) {
      batch.forEach(job -> model.describe(job.clip()).join());
      batch.forEach(job -> job.outcome().complete(null));
    }

    @Override
    public int mostFrames() {
      return 1;
    }

    @Override
    public void encodeAhead(Map<FrameKey, byte[]> images) {}

    @Override
    public void close() {}
  }
}
