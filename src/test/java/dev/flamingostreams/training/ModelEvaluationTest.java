package dev.flamingostreams.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.flamingostreams.checkpoints.ModelDirectory;
import dev.flamingostreams.engine.ClipException;
import dev.flamingostreams.engine.ClipInput;
import dev.flamingostreams.engine.Describer;
import dev.flamingostreams.engine.Description;
import dev.flamingostreams.engine.ModelInfo;
import dev.flamingostreams.training.scenes.Scene;
import dev.flamingostreams.training.scenes.SceneSampler;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelEvaluationTest {
  private static final EvaluationPlan PLAN =
      new EvaluationPlan(11, 40, List.of(4, 6), List.of(32, 48), 12, 12);

  @TempDir Path folder;

  @Test
  void aModelThatIsAlwaysRightScoresOne() throws Exception {
    JsonNode report = report(Scene::caption);
    assertThat(report.at("/model").asText()).isEqualTo("fake");
    assertThat(report.at("/scenes").asInt()).isEqualTo(40);
    for (String frames : List.of("4", "6")) {
      JsonNode part = report.at("/frames/" + frames);
      assertThat(part.at("/clips").asInt()).isEqualTo(40);
      for (String share : List.of("exact", "colour", "object", "motion")) {
        assertThat(part.at("/" + share).asDouble()).isEqualTo(1);
      }
      assertThat(part.at("/right/clips").asInt()).isEqualTo(40);
      assertThat(part.at("/wrong/clips").asInt()).isZero();
      assertThat(sumOfSizes(part)).isEqualTo(40);
    }
  }

  @Test
  void everySlotIsCountedForItself() throws Exception {
    JsonNode part = report(s -> s.caption().replaceAll("(moves|stays|turns) .*|\\w+s$", "sings"));
    assertThat(part.at("/frames/4/exact").asDouble()).isZero();
    assertThat(part.at("/frames/4/colour").asDouble()).isEqualTo(1);
    assertThat(part.at("/frames/4/object").asDouble()).isEqualTo(1);
    assertThat(part.at("/frames/4/motion").asDouble()).isZero();
    JsonNode grey = report(s -> s.caption().replaceAll("^an? \\w+", "a grey"));
    assertThat(grey.at("/frames/6/colour").asDouble()).isZero();
    assertThat(grey.at("/frames/6/object").asDouble()).isEqualTo(1);
    assertThat(grey.at("/frames/6/motion").asDouble()).isEqualTo(1);
    assertThat(report(s -> "").at("/frames/6/object").asDouble()).isZero();
  }

  @Test
  void failedClipsAreCountedAndWrong() throws Exception {
    JsonNode part = report(s -> null).at("/frames/4");
    assertThat(part.at("/failed").asInt()).isEqualTo(40);
    assertThat(part.at("/exact").asDouble()).isZero();
  }

  @Test
  void framesAreSpreadOverTheVideoFromItsBeginning() throws Exception {
    TruthTeller describer = new TruthTeller(Scene::caption);
    new ModelEvaluation(describer, ModelEvaluationTest::film, PLAN).run(done -> {});
    assertThat(describer.clips.get(0).captureMicros())
        .containsExactly(0, 250_000, 500_000, 750_000);
    assertThat(describer.clips.get(1).captureMicros())
        .containsExactly(0, 166_666, 333_333, 500_000, 666_666, 833_333);
  }

  @Test
  void videosHaveEvenSidesAndTheHeightsInTurn() throws Exception {
    List<BufferedImage> seen = new ArrayList<>();
    VideoPath path =
        (frames, rate) -> {
          seen.add(frames.get(0));
          return film(frames, rate);
        };
    new ModelEvaluation(new TruthTeller(Scene::caption), path, PLAN).run(done -> {});
    assertThat(seen).hasSize(40).allMatch(image -> image.getWidth() % 2 == 0);
    assertThat(seen.get(0).getHeight()).isEqualTo(32);
    assertThat(seen.get(1).getHeight()).isEqualTo(48);
  }

  @Test
  void aVideoThatLostFramesEndsTheEvaluation() {
    VideoPath lossy = (frames, rate) -> film(frames.subList(1, frames.size()), rate);
    ModelEvaluation evaluation = new ModelEvaluation(new TruthTeller(Scene::caption), lossy, PLAN);
    assertThatThrownBy(() -> evaluation.run(done -> {}))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("12 frames came back with 11");
  }

  @Test
  void theThresholdMarksNoMoreThanTheShareAskedFor() throws Exception {
    EvaluationReport report =
        new ModelEvaluation(new TruthTeller(Scene::caption), ModelEvaluationTest::film, PLAN)
            .run(done -> {});
    double threshold = report.unsureBelow(0.05);
    long marked = IntStream.range(0, 80).filter(i -> -0.001 * i < threshold).count();
    assertThat(marked).isBetween(1L, 4L);
  }

  @Test
  void theThresholdIsWrittenBesideTheOtherKeys() throws Exception {
    Files.writeString(folder.resolve("config.json"), "{\"id\":\"m\",\"unsureBelow\":-1e9}");
    Files.writeString(folder.resolve("tokenizer.json"), "{}");
    Files.write(folder.resolve("weights.safetensors"), new byte[8]);
    ModelDirectory model = ModelDirectory.open(folder);
    UnsureThreshold.write(model, -0.123456);
    assertThat(model.config().at("/unsureBelow").asDouble()).isCloseTo(-0.12346, within(1e-9));
    assertThat(model.config().at("/id").asText()).isEqualTo("m");
  }

  private static JsonNode report(Function<Scene, @Nullable String> says) throws IOException {
    String json =
        new ModelEvaluation(new TruthTeller(says), ModelEvaluationTest::film, PLAN)
            .run(done -> {})
            .toJson();
    assertThat(json).doesNotContain("\n");
    return new JsonMapper().readTree(json);
  }

  private static int sumOfSizes(JsonNode part) {
    int sum = 0;
    for (JsonNode size : part.at("/bySize")) {
      sum += size.at("/clips").asInt();
    }
    return sum;
  }

  private static List<VideoPath.Shot> film(List<BufferedImage> frames, double framesPerSecond) {
    return IntStream.range(0, frames.size())
        .mapToObj(i -> new VideoPath.Shot(new byte[1], (long) (i * 1e6 / framesPerSecond)))
        .toList();
  }

  /** Knows the scenes, since it draws them from the same seed, and says what it is told to. */
  private static final class TruthTeller implements Describer {
    private final Function<Scene, @Nullable String> says;
    private final SceneSampler sampler = new SceneSampler(PLAN.seed());
    private final List<ClipInput> clips = new ArrayList<>();
    private Scene scene = sampler.one();

    TruthTeller(Function<Scene, @Nullable String> says) {
      this.says = says;
    }

    @Override
    public ModelInfo model() {
      return new ModelInfo("fake", "0", "0", "none");
    }

    @Override
    public CompletableFuture<Description> describe(ClipInput clip) {
      int count = clips.size();
      if (count > 0 && count % PLAN.frameCounts().size() == 0) {
        scene = sampler.one();
      }
      clips.add(clip);
      @Nullable String text = says.apply(scene);
      return text == null
          ? CompletableFuture.failedFuture(new ClipException("model", "no"))
          : CompletableFuture.completedFuture(
              new Description(text, -0.001 * count, 6, false, 0, 0, 0));
    }

    @Override
    public void close() {}
  }
}
