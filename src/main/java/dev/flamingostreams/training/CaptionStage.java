package dev.flamingostreams.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import dev.flamingostreams.checkpoints.Tokenizer;
import dev.flamingostreams.flamingo.Flamingo;
import dev.flamingostreams.flamingo.FlamingoConfig;
import dev.flamingostreams.flamingo.TemporalInterpolation;
import dev.flamingostreams.tensor.Tensor;
import dev.flamingostreams.training.scenes.Scene;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * Stage 3: resampler and gated cross-attention learn to caption clips of 8 frames, between a frozen
 * vision encoder and a frozen language model.
 */
final class CaptionStage implements Stage {
  static final int FRAMES = 8;
  private static final int KEPT_CLIPS = 1024;

  private final FlamingoConfig config;
  private final TrainingPlan.Stage plan;
  private final Vocabulary vocabulary;
  private final int fresh;
  private final Feed<List<Clip>> feed;
  private final NDManager kept;
  private final List<Encoded> replay = new ArrayList<>();
  private final Random random;

  CaptionStage(
      FlamingoConfig config,
      TrainingPlan plan,
      Vocabulary vocabulary,
      SceneFeed scenes,
      NDManager manager,
      long first) {
    this.config = config;
    this.plan = plan.captions();
    this.vocabulary = vocabulary;
    this.fresh = Math.max(1, this.plan.batch() / plan.replays());
    this.kept = manager.newSubManager();
    this.random = new Random(plan.seed() + first);
    this.feed = new Feed<>(first, number -> clips(scenes, number));
  }

  private record Clip(float[] pixels, float[] timeWeights, int[] text) {}

  /** A clip whose features {@code [T, S, D]} are known. */
  private record Encoded(NDArray features, float[] timeWeights, int[] text) {}

  private List<Clip> clips(SceneFeed scenes, long number) {
    SceneFeed.Painter painter = scenes.painter(name(), number);
    List<Clip> clips = new ArrayList<>();
    for (int i = 0; i < fresh; i++) {
      Scene scene = painter.scene();
      double[] times = painter.times(FRAMES);
      float[] pixels = new float[FRAMES * painter.pixels()];
      painter.paint(scene, times, pixels, 0);
      long[] micros = Arrays.stream(times).mapToLong(u -> (long) (u * 1e6)).toArray();
      float[] weights = TemporalInterpolation.weights(micros, config.resampler().timeEmbeddings());
      clips.add(new Clip(pixels, weights, vocabulary.caption(scene.caption())));
    }
    return clips;
  }

  @Override
  public String name() {
    return "captions";
  }

  @Override
  public TrainingPlan.Stage plan() {
    return plan;
  }

  @Override
  public boolean trains(String weight) {
    return weight.startsWith("resampler.") || weight.contains(".cross_attention.");
  }

  @Override
  public NDArray loss(NDManager step, TorchWeights weights) {
    TorchBackend backend = new TorchBackend(step);
    Flamingo flamingo = new Flamingo(config, weights.in(backend), backend);
    do {
      encode(backend, flamingo, feed.take());
    } while (replay.size() < plan.batch());
    NDList features = new NDList();
    List<int[]> texts = new ArrayList<>();
    int embeddings = config.resampler().timeEmbeddings();
    float[] times = new float[plan.batch() * FRAMES * embeddings];
    for (int i = 0; i < plan.batch(); i++) {
      Encoded clip = replay.get(random.nextInt(replay.size()));
      features.add(clip.features);
      texts.add(clip.text);
      System.arraycopy(clip.timeWeights, 0, times, i * FRAMES * embeddings, FRAMES * embeddings);
    }
    float[] mask = new float[plan.batch() * FRAMES];
    Arrays.fill(mask, 1);
    Tensor latents =
        flamingo.resample(
            backend.own(NDArrays.stack(features)),
            backend.constant(times, plan.batch(), FRAMES, embeddings),
            backend.constant(mask, plan.batch(), FRAMES),
            backend.constant(new int[plan.batch()], plan.batch()));
    long[] s = latents.shape();
    TextBatch text = new TextBatch(texts, vocabulary.id(Tokenizer.PAD));
    return text.loss(
        step,
        flamingo.logits(
            latents.reshape(s[0], 1, s[1], s[2]), text.inputs(backend), text.textTime(backend)));
  }

  private void encode(TorchBackend backend, Flamingo flamingo, List<Clip> clips) {
    int side = config.vision().inputSize();
    for (Clip clip : clips) {
      Tensor pixels = backend.constant(clip.pixels, FRAMES, 3, side, side);
      NDArray features = TorchTensor.array(flamingo.vision(pixels)).duplicate();
      features.attach(kept);
      keep(new Encoded(features, clip.timeWeights, clip.text));
    }
  }

  private void keep(Encoded clip) {
    if (replay.size() < KEPT_CLIPS) {
      replay.add(clip);
    } else {
      replay.set(random.nextInt(KEPT_CLIPS), clip).features.close();
    }
  }

  @Override
  public void close() {
    feed.close();
    kept.close();
  }
}
