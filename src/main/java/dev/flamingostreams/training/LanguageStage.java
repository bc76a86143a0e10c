package dev.flamingostreams.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.flamingostreams.checkpoints.Tokenizer;
import dev.flamingostreams.flamingo.Flamingo;
import dev.flamingostreams.flamingo.FlamingoConfig;
import dev.flamingostreams.training.scenes.Scene;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Stage 2: the language model learns the language from text alone, rows of one to three chunks that
 * have nothing to do with each other. In half of the chunks a caption comes before the question:
 * the frozen model can then compare what is asked with what it was told, be it by text or media.
 */
final class LanguageStage implements Stage {
  private static final SceneFeed.Mix MIX = new SceneFeed.Mix(0.5, 0.14, 1);
  private static final int MOST_CHUNKS = 3;

  private final FlamingoConfig config;
  private final World world;
  private final TrainingPlan.Stage plan;
  private final Feed<List<List<Chunk>>> feed;

  LanguageStage(
      FlamingoConfig config, World world, TrainingPlan.Stage plan, SceneFeed scenes, long first) {
    this.config = config;
    this.world = world;
    this.plan = plan;
    this.feed = new Feed<>(first, number -> rows(scenes.painter(name(), number, MIX)));
  }

  private List<List<Chunk>> rows(SceneFeed.Painter painter) {
    List<List<Chunk>> rows = new ArrayList<>();
    for (int i = 0; i < plan.batch(); i++) {
      List<Chunk> row = new ArrayList<>();
      int chunks = painter.random().nextInt(1, MOST_CHUNKS + 1);
      for (int c = 0; c < chunks; c++) {
        row.add(chunk(painter.scene(), painter.random()));
      }
      rows.add(row);
    }
    return rows;
  }

  private Chunk chunk(Scene scene, Random random) {
    return random.nextBoolean() ? world.reading(scene, random) : world.chunk(scene, random);
  }

  @Override
  public String name() {
    return "language";
  }

  @Override
  public TrainingPlan.Stage plan() {
    return plan;
  }

  @Override
  public boolean trains(String weight) {
    return weight.startsWith("language.") && !weight.contains(".cross_attention.");
  }

  @Override
  public NDArray loss(NDManager step, TorchWeights weights) {
    TorchBackend backend = new TorchBackend(step);
    TextBatch text = TextBatch.of(feed.take(), world.vocabulary().id(Tokenizer.PAD), true);
    Flamingo flamingo = new Flamingo(config, weights.in(backend), backend);
    return text.loss(step, flamingo.textLogits(text.inputs(backend)));
  }

  @Override
  public void close() {
    feed.close();
  }
}
