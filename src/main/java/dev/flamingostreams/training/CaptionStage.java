package dev.flamingostreams.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.flamingostreams.checkpoints.Tokenizer;
import dev.flamingostreams.flamingo.Flamingo;
import dev.flamingostreams.flamingo.FlamingoConfig;
import dev.flamingostreams.tensor.Tensor;
import dev.flamingostreams.training.scenes.Scene;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Stage 3: resampler and gated cross-attention learn to tell of clips of 8 frames, between a frozen
 * vision encoder and a frozen language model. Vision is the dearer part, so it is compiled, runs
 * beside the steps, and the features of a clip are kept and used several times, forwards and
 * backwards. The resampler is the next dearer, so its latents serve two texts, the caption and a
 * question. Of some of the clips frames are lost. Every fourth step shows rows of two clips, each
 * with its own text after it.
 *
 * <p>A run that goes on after an interruption begins with other kept clips than it had, so it comes
 * to other weights, as good, than one that was not interrupted.
 */
final class CaptionStage implements Stage {
  private static final double WITH_TWO = 0.68;
  private static final double UNKNOWN = 0.12;
  static final int FRAMES = 8;
  private static final int KEPT_CLIPS = 3072;

  /** A few clips that come again and again would be learnt by heart. */
  private static final int BATCHES_KEPT_AT_FIRST = 16;

  private static final int ROWS_OF_TWO_EVERY = 4;

  private final FlamingoConfig config;
  private final Lesson lesson;
  private final World world;
  private final FrozenVision vision;
  private final Feed<List<Seen>> feed;
  private final NDManager kept;
  private final List<Encoded> replay = new ArrayList<>();
  private final Random random;
  private long step;

  CaptionStage(
      FlamingoConfig config,
      Lesson lesson,
      World world,
      SceneFeed scenes,
      Learner learner,
      long first)
      throws IOException {
    this.config = config;
    this.lesson = lesson;
    this.world = world;
    this.vision = FrozenVision.of(config, learner.weights(), FRAMES);
    this.kept = learner.manager().newSubManager();
    this.random = new Random(lesson.seed + first);
    this.step = first;
    SceneFeed.Mix mix = new SceneFeed.Mix(WITH_TWO, UNKNOWN, lesson.round.turns());
    this.feed = new Feed<>(first, number -> seen(number, scenes.painter(name(), number, mix)));
  }

  /** A round under a name, by which its clips are drawn too. */
  record Lesson(String name, TrainingPlan.CaptionRound round, long seed) {}

  /** A clip and its features, row-major {@code [T, S, D]}. */
  private record Seen(Scene scene, double[] times, float[] features) {}

  /** A clip whose features {@code [T, S, D]} are kept. */
  private record Encoded(Scene scene, double[] times, NDArray features) {

    /** The clip played backwards; its features belong to the step. */
    Encoded reversed(TorchBackend backend) {
      double[] backwards =
          IntStream.range(0, times.length)
              .mapToDouble(i -> 1 - times[times.length - 1 - i])
              .toArray();
      Tensor turned = backend.own(features.flip(0));
      return new Encoded(scene.reversed(), backwards, TorchTensor.array(turned));
    }
  }

  private List<Seen> seen(long number, SceneFeed.Painter painter) {
    List<Seen> seen = new ArrayList<>();
    int fresh = Math.max(1, lesson.round.stage().batch() / lesson.round.replays().at(number));
    for (int i = 0; i < fresh; i++) {
      Scene scene = painter.scene();
      double[] times = painter.times(FRAMES);
      float[] pixels = new float[FRAMES * painter.pixels()];
      painter.paint(scene, times, pixels, 0);
      seen.add(new Seen(scene, times, vision.features(pixels)));
    }
    return seen;
  }

  @Override
  public String name() {
    return lesson.name;
  }

  @Override
  public TrainingPlan.Stage plan() {
    return lesson.round.stage();
  }

  @Override
  public boolean trains(String weight) {
    return weight.startsWith("resampler.") || weight.contains(".cross_attention.");
  }

  @Override
  public NDArray loss(NDManager manager, TorchWeights weights) {
    do {
      feed.take().forEach(this::keep);
    } while (replay.size() < BATCHES_KEPT_AT_FIRST * lesson.round.stage().batch());
    TorchBackend backend = new TorchBackend(manager);
    Flamingo flamingo = new Flamingo(config, weights.in(backend), backend);
    List<Encoded> clips =
        Stream.generate(() -> pick(backend)).limit(lesson.round.stage().batch()).toList();
    int clipsOfRow = ++step % ROWS_OF_TWO_EVERY == 0 ? 2 : 1;
    List<List<Chunk>> rows = new ArrayList<>(rows(clips, clipsOfRow, world::caption));
    rows.addAll(rows(clips, clipsOfRow, scene -> world.question(scene, random)));
    TextBatch text = TextBatch.of(rows, world.vocabulary().id(Tokenizer.PAD), false);
    Tensor each = latents(backend, flamingo, clips);
    Tensor twice = backend.concat(List.of(each, each), 0);
    Tensor latents = twice.reshape(rows.size(), clipsOfRow, each.shape()[1], each.shape()[2]);
    return text.loss(
        manager, flamingo.logits(latents, text.inputs(backend), text.textTime(backend)));
  }

  private void keep(Seen seen) {
    Shape shape = new Shape(FRAMES, config.vision().tokens(), config.vision().width());
    Encoded clip = new Encoded(seen.scene, seen.times, kept.create(seen.features, shape));
    if (replay.size() < KEPT_CLIPS) {
      replay.add(clip);
    } else {
      replay.set(random.nextInt(KEPT_CLIPS), clip).features.close();
    }
  }

  private Encoded pick(TorchBackend backend) {
    Encoded clip = replay.get(random.nextInt(replay.size()));
    return random.nextBoolean() ? clip.reversed(backend) : clip;
  }

  private static List<List<Chunk>> rows(
      List<Encoded> clips, int clipsOfRow, Function<Scene, Chunk> text) {
    return IntStream.range(0, clips.size() / clipsOfRow)
        .mapToObj(row -> clips.subList(row * clipsOfRow, (row + 1) * clipsOfRow))
        .map(row -> row.stream().map(clip -> text.apply(clip.scene)).toList())
        .toList();
  }

  /** {@code [clips, R, D]}. */
  private Tensor latents(TorchBackend backend, Flamingo flamingo, List<Encoded> clips) {
    NDList features = new NDList();
    int embeddings = config.resampler().timeEmbeddings();
    float[] times = new float[clips.size() * FRAMES * embeddings];
    float[] mask = new float[clips.size() * FRAMES];
    for (int i = 0; i < clips.size(); i++) {
      features.add(clips.get(i).features);
      Shown shown = Shown.draw(clips.get(i).times, lesson.round.gaps(), random);
      System.arraycopy(
          shown.timeWeights(embeddings), 0, times, i * FRAMES * embeddings, FRAMES * embeddings);
      System.arraycopy(shown.mask(), 0, mask, i * FRAMES, FRAMES);
    }
    return flamingo.resample(
        backend.own(NDArrays.stack(features)),
        backend.constant(times, clips.size(), FRAMES, embeddings),
        backend.constant(mask, clips.size(), FRAMES),
        backend.constant(new int[clips.size()], clips.size()));
  }

  @Override
  public void close() {
    feed.close();
    vision.close();
    kept.close();
  }
}
