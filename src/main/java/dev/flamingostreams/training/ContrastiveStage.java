package dev.flamingostreams.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.flamingostreams.flamingo.Flamingo;
import dev.flamingostreams.flamingo.FlamingoConfig;
import dev.flamingostreams.tensor.Tensor;
import dev.flamingostreams.tensor.Weights;
import dev.flamingostreams.training.scenes.Scene;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Stage 1: the vision encoder learns to find, among all texts about a region of a frame, those that
 * are true. Regions and texts meet in one space, as whole pictures and texts do in CLIP; regions
 * with equal texts share the target.
 */
final class ContrastiveStage implements Stage {
  private static final float INVERSE_TEMPERATURE = 20;
  private static final int FRAMES_OF_A_SCENE = 2;

  /** Of scenes with known objects. */
  private static final double WITH_TWO = 0.7;

  /** What a kind counts: it is the hardest to tell, and no later stage can mend it. */
  private static final float KIND_COUNTS = 2;

  private final FlamingoConfig config;
  private final String name;
  private final TrainingPlan.Stage plan;
  private final SceneFeed.Mix mix;
  private final PhraseBook book;
  private final Feed<Batch> feed;

  ContrastiveStage(
      FlamingoConfig config,
      String name,
      TrainingPlan.VisionRound round,
      SceneFeed scenes,
      long first) {
    this.config = config;
    this.name = name;
    this.plan = round.stage();
    this.mix = new SceneFeed.Mix(WITH_TWO * (1 - round.unknown()), round.unknown(), 1);
    this.book = new PhraseBook((int) Math.round(Math.sqrt(config.vision().tokens())));
    this.feed = new Feed<>(first, number -> batch(scenes, number));
  }

  /** {@code truths} by region of all frames, then slot; {@code shares} by region. */
  private record Batch(float[] pixels, List<int[]> truths, List<Float> shares) {

    /** What a region counts for a slot. */
    float weight(int region, int slot) {
      if (truths.get(region)[slot] < 0) {
        return 0;
      }
      return slot == PhraseBook.PRESENCE ? 1 : shares.get(region);
    }
  }

  private Batch batch(SceneFeed scenes, long number) {
    SceneFeed.Painter painter = scenes.painter(name, number, mix);
    float[] pixels = new float[plan.batch() * painter.pixels()];
    List<int[]> truths = new ArrayList<>();
    List<Float> shares = new ArrayList<>();
    for (int i = 0; i < plan.batch(); i += FRAMES_OF_A_SCENE) {
      Scene scene = painter.scene();
      double[] times = new double[Math.min(FRAMES_OF_A_SCENE, plan.batch() - i)];
      Arrays.setAll(times, t -> painter.anyTime());
      painter.paint(scene, times, pixels, i * painter.pixels());
      for (double u : times) {
        int[][] frame = book.truths(scene, u);
        truths.addAll(List.of(frame));
        shares.addAll(PhraseBook.shares(frame));
      }
    }
    return new Batch(pixels, truths, shares);
  }

  @Override
  public String name() {
    return name;
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
    // Not mul(float): DJL would let go of the number before the gradient reads it.
    NDArray inverse = step.create(INVERSE_TEMPERATURE);
    NDArray logits = similarities(features, weights.in(backend), backend).mul(inverse);
    NDArray loss = step.create(0f);
    for (int slot = 0; slot < book.slots().size(); slot++) {
      float counts = slot == PhraseBook.KIND ? KIND_COUNTS : 1;
      loss = loss.add(crossEntropy(step, logits, slot, batch).mul(step.create(counts)));
    }
    return loss;
  }

  /** Cosines {@code [N * S, phrases]}. */
  private NDArray similarities(Tensor features, Weights weights, TorchBackend backend) {
    int width = config.vision().width();
    long[] s = features.shape();
    Tensor image =
        features
            .reshape(s[0] * s[1], width)
            .matmul(weights.get("contrastive.image.weight", width, width));
    Tensor bags = backend.constant(book.bagsOfWords(), book.size(), book.words());
    Tensor text =
        bags.matmul(weights.get("contrastive.words", book.words(), width))
            .matmul(weights.get("contrastive.text.weight", width, width));
    return unit(image).matMul(unit(text).transpose());
  }

  private static NDArray unit(Tensor rows) {
    return TorchTensor.array(rows).normalize(2, -1, 1e-6);
  }

  /** Weighted mean over the regions of which the slot says something. */
  private NDArray crossEntropy(NDManager step, NDArray logits, int slot, Batch batch) {
    PhraseBook.Slot range = book.slots().get(slot);
    int size = range.to() - range.from();
    int regions = batch.truths.size();
    float told = 0;
    for (int i = 0; i < regions; i++) {
      told += batch.weight(i, slot);
    }
    float[] wanted = new float[regions * size];
    for (int i = 0; i < regions; i++) {
      if (batch.weight(i, slot) > 0) {
        wanted[i * size + batch.truths.get(i)[slot]] = -batch.weight(i, slot) / told;
      }
    }
    NDArray own = logits.get(":, {}:{}", range.from(), range.to());
    return own.logSoftmax(-1).mul(step.create(wanted, new Shape(regions, size))).sum();
  }

  @Override
  public void close() {
    feed.close();
  }
}
