package dev.flamingostreams.training.evaluation;

import dev.flamingostreams.engine.ClipInput;
import dev.flamingostreams.engine.Description;
import dev.flamingostreams.engine.ModelInfo;
import dev.flamingostreams.engine.Task;
import dev.flamingostreams.flamingo.FrameTiming;
import java.util.concurrent.CompletableFuture;

/** A model that is measured. */
public interface Examinee extends AutoCloseable {

  ModelInfo model();

  /** Whether the model's tokenizer has every word of a text. */
  boolean reads(String text);

  /**
   * Queues a clip; what is said of it has a signature if nothing stands before it in the prompt.
   * The future fails if the clip cannot be described or the model cannot be asked the task.
   */
  CompletableFuture<Description> ask(Task task, FrameTiming timing, ClipInput clip);

  @Override
  void close();
}
