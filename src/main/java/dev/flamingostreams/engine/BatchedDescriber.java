package dev.flamingostreams.engine;

import dev.flamingostreams.flamingo.FlamingoConfig;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One task's way into the batches of an engine. */
final class BatchedDescriber implements Describer {
  private final ModelInfo model;
  private final PreparedTask task;
  private final Batcher batcher;
  private final ReplyReader reader;
  private final Supplier<EngineUsage> usage;
  private final long author;
  private final Set<ClipJob> pending = ConcurrentHashMap.newKeySet();

  BatchedDescriber(
      ModelInfo model,
      PreparedTask task,
      FlamingoConfig config,
      Batcher batcher,
      ReplyReader reader,
      Supplier<EngineUsage> usage) {
    this.model = model;
    this.task = task;
    this.batcher = batcher;
    this.reader = reader;
    this.usage = usage;
    Stream<String> by = Stream.of(model.weightsHash(), model.promptId(), config.toString());
    this.author = Long.parseLong(Digests.id(by), 16);
  }

  @Override
  public ModelInfo model() {
    return model;
  }

  @Override
  public CompletableFuture<Description> describe(ClipInput clip) {
    return describe(new ClipJob(clip, task));
  }

  @Override
  public CompletableFuture<Description> describe(ClipInput clip, Comparison comparison) {
    return describe(new ClipJob(clip, task, comparison, author));
  }

  private CompletableFuture<Description> describe(ClipJob job) {
    CompletableFuture<Description> description = new CompletableFuture<>();
    pending.add(job);
    CompletableFuture<?> unused =
        job.outcome()
            .whenComplete(
                (outcome, fault) -> {
                  pending.remove(job);
                  settle(description, job, outcome, fault);
                });
    giveUpWith(description, job);
    batcher.submit(job);
    return description;
  }

  /** A clip that nobody waits for any more is not computed. */
  private static void giveUpWith(CompletableFuture<Description> description, ClipJob job) {
    CompletableFuture<?> unused =
        description.whenComplete(
            (described, fault) -> {
              if (fault != null) {
                job.outcome().completeExceptionally(fault);
              }
            });
  }

  @Override
  public void prepare(byte[] image) {
    batcher.prepare(image);
  }

  @Override
  public EngineUsage usage() {
    return usage.get();
  }

  private void settle(
      CompletableFuture<Description> description,
      ClipJob job,
      ClipJob.@Nullable Outcome outcome,
      @Nullable Throwable fault) {
    if (outcome != null) {
      try {
        description.complete(reader.read(outcome));
      } catch (RuntimeException e) {
        description.completeExceptionally(
            new ClipException(ClipException.Reason.MODEL, "no text: " + e, e));
      }
    } else if (job.outcome().isCancelled()) {
      description.cancel(false);
    } else if (fault != null) {
      description.completeExceptionally(fault);
    }
  }

  /** Clips that are not described yet are cancelled; the engine stays open for others. */
  @Override
  public void close() {
    pending.forEach(job -> job.outcome().cancel(false));
  }
}
