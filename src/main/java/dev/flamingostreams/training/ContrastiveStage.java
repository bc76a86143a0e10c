package dev.flamingostreams.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.flamingostreams.flamingo.Flamingo;
import dev.flamingostreams.flamingo.FlamingoConfig;
import dev.flamingostreams.tensor.Tensor;
import dev.flamingostreams.tensor.Weights;
import dev.flamingostreams.training.scenes.Scene;

/**
 * Stage 1: the vision encoder learns to find, among all texts about a frame, those that are true.
 * Pictures and texts meet in one space, as in CLIP; pictures with equal texts share the target.
 */
final class ContrastiveStage implements Stage {
  private static final int QUERIES = 4;
  private static final float INVERSE_TEMPERATURE = 20;

  private final FlamingoConfig config;
  private final TrainingPlan.Stage plan;
  private final PhraseBook book = new PhraseBook();
  private final Feed<Batch> feed;

  ContrastiveStage(FlamingoConfig config, TrainingPlan.Stage plan, SceneFeed scenes, long first) {
    this.config = config;
    this.plan = plan;
    this.feed = new Feed<>(first, number -> batch(scenes, number));
  }

  private record Batch(float[] pixels, int[][] truths) {}

  private Batch batch(SceneFeed scenes, long number) {
    SceneFeed.Painter painter = scenes.painter(name(), number);
    float[] pixels = new float[plan.batch() * painter.pixels()];
    int[][] truths = new int[plan.batch()][];
    for (int i = 0; i < plan.batch(); i++) {
      Scene scene = painter.scene();
      double u = painter.anyTime();
      painter.paint(scene, new double[] {u}, pixels, i * painter.pixels());
      truths[i] = book.truths(scene, scene.at(u));
    }
    return new Batch(pixels, truths);
  }

  @Override
  public String name() {
    return "vision";
  }

  @Override
  public TrainingPlan.Stage plan() {
    return plan;
  }

  @Override
  public boolean trains(String weight) {
    return weight.startsWith("vision.") || weight.startsWith("contrastive.");
  }

  @Override
  public NDArray loss(NDManager step, TorchWeights weights) {
    Batch batch = feed.take();
    TorchBackend backend = new TorchBackend(step);
    int side = config.vision().inputSize();
    Tensor pixels = backend.constant(batch.pixels, plan.batch(), 3, side, side);
    Tensor features = new Flamingo(config, weights.in(backend), backend).vision(pixels);
    NDArray logits = similarities(features, weights.in(backend), backend).mul(INVERSE_TEMPERATURE);
    NDArray loss = step.create(0f);
    for (int slot = 0; slot < book.slots().size(); slot++) {
      loss = loss.add(crossEntropy(step, logits, slot, batch.truths));
    }
    return loss;
  }

  /** Cosines {@code [N, phrases]}. */
  private NDArray similarities(Tensor features, Weights weights, TorchBackend backend) {
    int width = config.vision().width();
    long[] s = features.shape();
    Tensor query = weights.get("contrastive.query.weight", width, QUERIES);
    Tensor focus = features.matmul(query).transpose(0, 2, 1).softmax(); // [N, Q, S]
    Tensor pooled = focus.matmul(features).reshape(s[0], (long) QUERIES * width);
    Tensor image =
        pooled.matmul(weights.get("contrastive.image.weight", (long) QUERIES * width, width));
    Tensor bags = backend.constant(book.bagsOfWords(), book.size(), book.words());
    Tensor text =
        bags.matmul(weights.get("contrastive.words", book.words(), width))
            .matmul(weights.get("contrastive.text.weight", width, width));
    return unit(image).matMul(unit(text).transpose());
  }

  private static NDArray unit(Tensor rows) {
    return TorchTensor.array(rows).normalize(2, -1, 1e-6);
  }

  private NDArray crossEntropy(NDManager step, NDArray logits, int slot, int[][] truths) {
    PhraseBook.Slot range = book.slots().get(slot);
    int size = range.to() - range.from();
    float[] wanted = new float[truths.length * size];
    for (int i = 0; i < truths.length; i++) {
      if (truths[i][slot] >= 0) {
        wanted[i * size + truths[i][slot] - range.from()] = -1f / truths.length;
      }
    }
    NDArray own = logits.get(":, {}:{}", range.from(), range.to());
    return own.logSoftmax(-1).mul(step.create(wanted, new Shape(truths.length, size))).sum();
  }

  @Override
  public void close() {
    feed.close();
  }
}
