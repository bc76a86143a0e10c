package dev.flamingostreams.training.evaluation;

import static dev.flamingostreams.training.evaluation.FakeWorld.looking;
import static dev.flamingostreams.training.evaluation.FakeWorld.plan;
import static dev.flamingostreams.training.evaluation.FakeWorld.said;
import static dev.flamingostreams.training.evaluation.FakeWorld.unsure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.flamingostreams.engine.Task;
import dev.flamingostreams.flamingo.FrameTiming;
import dev.flamingostreams.training.Exchange;
import dev.flamingostreams.training.Questions;
import dev.flamingostreams.training.evaluation.FakeWorld.Asked;
import dev.flamingostreams.training.scenes.Scene;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ModelEvaluationTest {
  private static final List<Integer> FRAMES = List.of(4, 6);

  @Test
  void aModelThatIsAlwaysRightScoresOne() throws Exception {
    FakeWorld world = new FakeWorld(asked -> said(asked.caption()));
    JsonNode report = report(world, plan(40, FRAMES, Measure.CAPTIONS));
    assertThat(report.at("/model").asText()).isEqualTo("fake");
    assertThat(report.at("/scenes").asInt()).isEqualTo(40);
    for (String objects : List.of("one", "two")) {
      for (String frames : List.of("4", "6")) {
        JsonNode part = report.at("/captions/" + objects + "/" + frames);
        assertThat(part.at("/clips").asInt()).isEqualTo(40);
        assertThat(part.at("/objects").asInt()).isEqualTo(objects.equals("one") ? 40 : 80);
        for (String share : List.of("exact", "colour", "object", "motion")) {
          assertThat(part.at("/" + share).asDouble(-1)).isEqualTo(1);
        }
        assertThat(part.at("/otherOrder").asDouble(-1)).isZero();
        assertThat(part.at("/unsure").asDouble(-1)).isZero();
        assertThat(sum(part.at("/bySize"), "clips")).as("every size").isEqualTo(40);
      }
    }
    assertThat(report.toString()).doesNotContain("\n");
    assertThat(report.at("/failures").isEmpty()).isTrue();
  }

  @Test
  void theOtherOrderOfTwoObjectsIsRightAndReportedApart() throws Exception {
    FakeWorld world =
        new FakeWorld(
            asked -> said(asked.caption().replaceAll("^(.*) while (.*)$", "$2 while $1")));
    JsonNode report = report(world, plan(10, FRAMES, Measure.CAPTIONS)).at("/captions");
    assertThat(report.at("/two/4/exact").asDouble(-1)).isEqualTo(1);
    assertThat(report.at("/two/4/otherOrder").asDouble(-1)).isEqualTo(1);
    assertThat(report.at("/one/4/otherOrder").asDouble(-1)).isZero();
  }

  @Test
  void motionsThatAreTakenForOthersAreCounted() throws Exception {
    FakeWorld world =
        new FakeWorld(asked -> said(asked.caption().replaceAll("disappears|appears", "blinks")));
    JsonNode report = report(world, plan(40, FRAMES, Measure.CAPTIONS, Measure.TIMING));
    JsonNode taken = report.at("/captions/one/4/confusions");
    assertThat(taken.fieldNames()).toIterable().containsExactly("appears", "disappears");
    int wrong = taken.at("/appears/blinks").asInt() + taken.at("/disappears/blinks").asInt();
    assertThat(1 - wrong / 40.0)
        .isCloseTo(report.at("/captions/one/4/motion").asDouble(), within(1e-3));
    assertThat(report.at("/timing/one/4/dropped/confusions")).isEqualTo(taken);
  }

  @Test
  void clipsOfASceneAreComparedByWhatHappensBetweenThem() throws Exception {
    FakeWorld world = new FakeWorld(asked -> looking(said(""), asked.isFirstHalf()));
    JsonNode report = report(world, plan(2, FRAMES, Measure.CHANGES)).at("/changes");
    assertThat(report.at("/frames").asInt()).isEqualTo(FakeWorld.VIDEO_FRAMES / 2);
    for (Change change : Change.values()) {
      JsonNode part = report.at("/" + change.key());
      assertThat(part.at("/pairs").asInt()).isEqualTo(2);
      assertThat(part.at("/least").asDouble()).isEqualTo(1.4142);
      assertThat(part.at("/median").asDouble()).isEqualTo(1.4142);
      assertThat(part.at("/most").asDouble()).isEqualTo(1.4142);
    }
    assertThat(world.asked()).hasSize(4 * Change.values().length);
  }

  @Test
  void whatHappensBetweenThemIsSeen() throws Exception {
    FakeWorld world = new FakeWorld(asked -> looking(said(""), true));
    JsonNode report = report(world, plan(8, FRAMES, Measure.CHANGES)).at("/changes");
    assertThat(report.at("/grows/most").asDouble(-1)).isZero();
    double noise = seen(world, Change.NOISE);
    assertThat(seen(world, Change.MORE_NOISE)).isGreaterThan(noise);
    assertThat(seen(world, Change.LIGHT)).isGreaterThan(seen(world, Change.LITTLE_LIGHT));
    assertThat(seen(world, Change.SHAKE)).isGreaterThan(seen(world, Change.LITTLE_SHAKE));
    assertThat(seen(world, Change.MOVES_1)).isGreaterThan(noise);
    assertThat(seen(world, Change.MOVES_50)).isGreaterThan(seen(world, Change.MOVES_5));
    assertThat(seen(world, Change.APPEARS)).isGreaterThan(noise);
  }

  @Test
  void aClipThatIsNotDescribedIsNotCompared() throws Exception {
    FakeWorld world = new FakeWorld(asked -> asked.isFirstHalf() ? null : looking(said(""), true));
    EvaluationReport report = run(world, plan(1, FRAMES, Measure.CHANGES), List.of());
    assertThat(report.json().at("/changes/noise")).hasToString("{\"pairs\":0}");
    assertThat(report.failed()).isEqualTo(Change.values().length);
  }

  /** By how much pictures of the second clip differ from those of the first, on average. */
  private static double seen(FakeWorld world, Change change) {
    int scenes = world.pictures().size() / Change.values().length / FakeWorld.VIDEO_FRAMES;
    int from = List.of(Change.values()).indexOf(change) * scenes * FakeWorld.VIDEO_FRAMES;
    return IntStream.range(0, scenes * FakeWorld.VIDEO_FRAMES)
        .filter(i -> i % FakeWorld.VIDEO_FRAMES < FakeWorld.VIDEO_FRAMES / 2)
        .mapToDouble(
            i ->
                difference(
                    world.pictures().get(from + i),
                    world.pictures().get(from + i + FakeWorld.VIDEO_FRAMES / 2)))
        .average()
        .orElseThrow();
  }

  private static double difference(BufferedImage one, BufferedImage other) {
    int[] a = one.getData().getPixels(0, 0, one.getWidth(), one.getHeight(), (int[]) null);
    int[] b = other.getData().getPixels(0, 0, one.getWidth(), one.getHeight(), (int[]) null);
    return IntStream.range(0, a.length).map(i -> Math.abs(a[i] - b[i])).average().orElseThrow();
  }

  @Test
  void failedClipsAreCountedAndWrong() throws Exception {
    EvaluationReport report =
        run(new FakeWorld(asked -> null), plan(10, FRAMES, Measure.values()), List.of());
    JsonNode json = report.json();
    assertThat(json.at("/captions/one/4/failed").asInt()).isEqualTo(10);
    assertThat(json.at("/captions/one/4/exact").asDouble(-1)).isZero();
    assertThat(json.at("/questions/right").asDouble(-1)).isZero();
    assertThat(json.at("/questions/failed").asInt()).isEqualTo(json.at("/questions/asked").asInt());
    assertThat(json.at("/interleaved/failed").asInt()).isEqualTo(10);
    assertThat(json.at("/interleaved/swapped").asDouble(-1)).isZero();
    assertThat(json.at("/rejection/noise/failed").asInt()).isEqualTo(10);
    assertThat(json.at("/rejection/noise/unsure").asDouble(-1)).isZero();
    assertThat(json.at("/calibration/failed").asInt()).isEqualTo(40);
    assertThat(report.failures()).containsOnlyKeys("no");
    assertThat(report.failed()).isEqualTo(json.at("/failures/no").asInt()).isPositive();
  }

  @Test
  void whatSeveralMeasuresWantIsAskedOnce() throws Exception {
    FakeWorld world = new FakeWorld(asked -> said(asked.caption()));
    run(
        world,
        plan(
            5,
            List.of(4, 8),
            Measure.CAPTIONS,
            Measure.TIMING,
            Measure.ABLATIONS,
            Measure.CALIBRATION),
        List.of());
    assertThat(world.scenes()).hasSize(10);
    assertThat(world.asked()).as("2 plain and 6 other ways at 8 frames").hasSize(10 * (2 + 6));
  }

  @Test
  void aModelThatSeesOrderOnlyByItsTimesShowsInTheAblations() throws Exception {
    FakeWorld world =
        new FakeWorld(
            asked ->
                said(
                    asked.timing() == FrameTiming.CLOCK && asked.images().equals(asked.times())
                        ? asked.caption()
                        : asked
                            .caption()
                            .replaceAll("(moves|stays|turns) \\w+|\\w+s\\b", "sings")));
    JsonNode report = report(world, plan(12, List.of(8, 12), Measure.ABLATIONS)).at("/ablations");
    for (String objects : List.of("one", "two")) {
      JsonNode part = report.at("/" + objects + "/8");
      for (String way : List.of("plain", "jittered", "dropped")) {
        assertThat(part.at("/" + way + "/motion").asDouble(-1)).isEqualTo(1);
      }
      for (String way : List.of("withoutTimes", "shuffled", "jitteredByIndex", "droppedByIndex")) {
        assertThat(part.at("/" + way + "/motion").asDouble(-1)).isZero();
        assertThat(part.at("/" + way + "/exact").asDouble(-1)).isZero();
        assertThat(part.at("/" + way + "/colour").asDouble(-1)).isEqualTo(1);
      }
    }
    assertThat(report.at("/one").size()).as("8 of 8 and 12").isEqualTo(1);
  }

  @Test
  void byIndexAndByTheClockTheSameFramesAreShown() throws Exception {
    FakeWorld world = new FakeWorld(asked -> said(asked.caption()));
    run(world, plan(6, List.of(8), Measure.ABLATIONS), List.of());
    for (int scene = 0; scene < 12; scene++) {
      List<Asked> asked = world.asked().subList(7 * scene, 7 * scene + 7);
      Set<List<Integer>> byClock = new HashSet<>();
      asked.stream()
          .filter(one -> one.timing() == FrameTiming.CLOCK)
          .forEach(one -> byClock.add(one.images()));
      assertThat(asked)
          .filteredOn(one -> one.timing() != FrameTiming.CLOCK)
          .hasSize(3)
          .allMatch(one -> byClock.contains(one.images()));
    }
  }

  @Test
  void unseenCombinationsStandBesideSeenOnes() throws Exception {
    FakeWorld world =
        new FakeWorld(
            asked ->
                said(new Subject(Group.ONE, "", 0, asked.scene()).isSeen() ? asked.caption() : ""));
    JsonNode report = report(world, plan(60, FRAMES, Measure.UNSEEN)).at("/unseen");
    for (String objects : List.of("one", "two")) {
      JsonNode part = report.at("/" + objects + "/4");
      assertThat(part.at("/seen/exact").asDouble(-1)).isEqualTo(1);
      assertThat(part.at("/seen/clips").asInt()).isBetween(30, 59);
      assertThat(part.at("/unseen/exact").asDouble(-1)).isZero();
      assertThat(part.at("/unseen/clips").asInt()).isEqualTo(60);
    }
  }

  @Test
  void questionsAreCountedByFormAndByLikelihood() throws Exception {
    FakeWorld world =
        new FakeWorld(
            asked -> {
              String answer = answer(asked);
              return said(
                  asked.task() instanceof Task.Classify || answer.equals("one") ? answer : "");
            });
    JsonNode report = report(world, plan(30, FRAMES, Measure.QUESTIONS)).at("/questions");
    assertThat(report.at("/asked").asInt()).isEqualTo(3 * 30 * Exchange.Form.values().length);
    assertThat(sum(report.at("/byForm"), "asked")).isEqualTo(report.at("/asked").asInt());
    assertThat(report.at("/byForm/count/asked").asInt()).isEqualTo(60);
    assertThat(report.at("/byForm/count/right").asDouble(-1)).isEqualTo(0.5);
    assertThat(report.at("/byForm/count: unknown/asked").asInt()).isEqualTo(30);
    assertThat(report.at("/byForm/count: unknown/right").asDouble(-1)).isZero();
    assertThat(report.at("/byLikelihood/right").asDouble(-1)).isEqualTo(1);
    assertThat(report.at("/byLikelihood/asked").asInt()).isEqualTo(60);
    assertThat(report.at("/unreadable").asInt()).as("the fake cannot read purple").isPositive();
  }

  /** The truth, found by the question in the prompt. */
  private static String answer(Asked asked) {
    return Questions.about(Objects.requireNonNull(asked.scene())).stream()
        .filter(one -> asked.task().prompt().text().contains(":" + one.question() + " "))
        .map(Exchange::answer)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void twoClipsThatAreToldByTheirPlaceDoNotSwap() throws Exception {
    FakeWorld right = new FakeWorld(asked -> said(asked.caption()));
    JsonNode report = report(right, plan(7, List.of(8), Measure.INTERLEAVED)).at("/interleaved");
    assertThat(report.at("/pairs").asInt()).as("3 of one object, 3 of two").isEqualTo(6);
    assertThat(report.at("/swapped").asDouble(-1)).isEqualTo(1);
    assertThat(report.at("/exactAsSecond").asDouble(-1)).isEqualTo(1);
    assertThat(right.asked().get(3).task().prompt().text())
        .isEqualTo("<image>" + right.scenes().get(0).caption() + "<EOC><image>");
    assertThat(right.asked().get(3).scene()).isEqualTo(right.scenes().get(1));

    FakeWorld parrot =
        new FakeWorld(
            asked ->
                said(
                    asked.task().prompt().text().equals("<image>")
                        ? asked.caption()
                        : asked.task().prompt().text().replaceAll("<[^>]*>", "")));
    JsonNode parroted = report(parrot, plan(8, List.of(8), Measure.INTERLEAVED)).at("/interleaved");
    assertThat(parroted.at("/swapped").asDouble(-1)).isZero();
    assertThat(parroted.at("/same").asDouble(-1)).isZero();
    assertThat(parroted.at("/exactAsFirst").asDouble(-1)).isEqualTo(1);
    assertThat(parroted.at("/exactAsSecond").asDouble(-1)).isZero();
  }

  @Test
  void rejectionTellsTheKnownFromEachSortOfTheUnknown() throws Exception {
    FakeWorld world =
        new FakeWorld(
            asked ->
                asked.scene() != null && asked.scene().isKnown()
                    ? said(asked.caption())
                    : unsure("x"));
    List<Recording> recordings = List.of(recording("street.mp4", 3), recording("belt.mp4", 2));
    JsonNode report =
        run(world, plan(16, FRAMES, Measure.REJECTION), recordings).json().at("/rejection");
    assertThat(report.at("/known/unsure").asDouble(-1)).isZero();
    assertThat(report.at("/known/clips").asInt()).isEqualTo(64);
    assertThat(report.at("/known/two/6/clips").asInt()).isEqualTo(16);
    for (String sort : List.of("unknown", "noise", "blank")) {
      assertThat(report.at("/" + sort + "/clips").asInt()).isEqualTo(16);
      assertThat(report.at("/" + sort + "/unsure").asDouble(-1)).isEqualTo(1);
    }
    assertThat(report.at("/noise/each").size()).isEqualTo(8);
    assertThat(report.at("/noise/each/uniform still/clips").asInt()).isEqualTo(2);
    assertThat(report.at("/footage/clips").asInt()).isEqualTo(5);
    assertThat(report.at("/footage/each/street.mp4/clips").asInt()).isEqualTo(3);
    assertThat(report.at("/footage/each/belt.mp4/unsure").asDouble(-1)).isEqualTo(1);
  }

  @Test
  void equalSeedsShowEqualScenesAndFrames() throws Exception {
    List<FakeWorld> worlds = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      worlds.add(new FakeWorld(asked -> said(asked.caption())));
      run(worlds.get(i), plan(5, FRAMES, Measure.TIMING, Measure.UNSEEN), List.of());
    }
    assertThat(worlds.get(0).scenes().stream().map(Scene::caption))
        .containsExactlyElementsOf(worlds.get(1).scenes().stream().map(Scene::caption).toList());
    assertThat(worlds.get(0).asked().stream().map(Asked::images))
        .containsExactlyElementsOf(worlds.get(1).asked().stream().map(Asked::images).toList());
  }

  @Test
  void calibrationIsOnOtherScenes() throws Exception {
    FakeWorld world = new FakeWorld(asked -> said(asked.caption()));
    EvaluationPlan plan = plan(20, FRAMES, Measure.REJECTION);
    run(world, plan.forCalibration(), List.of());
    assertThat(world.scenes()).hasSize(40).allMatch(Scene::isKnown);
    assertThat(world.asked()).hasSize(80);
    FakeWorld other = new FakeWorld(asked -> said(asked.caption()));
    run(other, plan, List.of());
    assertThat(world.scenes()).doesNotContainAnyElementsOf(other.scenes());
  }

  @Test
  void progressCountsTheVideosOfAllGroups() throws Exception {
    List<String> told = new ArrayList<>();
    FakeWorld world = new FakeWorld(asked -> said(asked.caption()));
    EvaluationPlan plan = plan(2, FRAMES, Measure.QUESTIONS);
    new ModelEvaluation(world, world, world, plan, List.of())
        .run((what, done, total) -> told.add(done + "/" + total));
    assertThat(told).containsExactly("1/6", "2/6", "3/6", "4/6", "5/6", "6/6");
  }

  @Test
  void renderedVideosHaveEvenSidesAndTheHeightsInTurn() throws Exception {
    FakeWorld world = new FakeWorld(asked -> said(""));
    EvaluationPlan plan = plan(3, FRAMES, Measure.CAPTIONS);
    new ModelEvaluation(world, world, plan, List.of()).run((what, done, total) -> {});
    assertThat(world.pictures()).hasSize(6 * 12).allMatch(image -> image.getWidth() % 2 == 0);
    assertThat(world.pictures().stream().mapToInt(BufferedImage::getHeight).distinct())
        .containsExactly(32, 48);
  }

  @Test
  void aVideoThatLostFramesEndsTheEvaluation() {
    FakeWorld world = new FakeWorld(asked -> said(""));
    VideoPath lossy = (frames, rate) -> FakeWorld.shots(-1, frames.size() - 1);
    ModelEvaluation evaluation =
        new ModelEvaluation(world, lossy, plan(2, FRAMES, Measure.CAPTIONS), List.of());
    assertThatThrownBy(() -> evaluation.run((what, done, total) -> {}))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("12 frames came back with 11");
  }

  @Test
  void aPlanWantsSomethingToMeasureWithinTheVideo() {
    assertThatIllegalArgumentException().isThrownBy(() -> plan(0, FRAMES, Measure.CAPTIONS));
    assertThatIllegalArgumentException().isThrownBy(() -> plan(1, FRAMES));
    assertThatIllegalArgumentException().isThrownBy(() -> plan(1, List.of(), Measure.CAPTIONS));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> plan(1, List.of(13), Measure.CAPTIONS))
        .withMessageContaining("13");
  }

  private static Recording recording(String name, int windows) {
    return new Recording() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public void play(Audience audience) {
        IntStream.range(0, windows).forEach(i -> audience.window(FakeWorld.shots(-1, 8)));
      }
    };
  }

  private static JsonNode report(FakeWorld world, EvaluationPlan plan) throws IOException {
    return run(world, plan, List.of()).json();
  }

  private static EvaluationReport run(
      FakeWorld world, EvaluationPlan plan, List<Recording> recordings) throws IOException {
    return new ModelEvaluation(world, world, world, plan, recordings)
        .run((what, done, total) -> {});
  }

  private static int sum(JsonNode parts, String key) {
    int sum = 0;
    for (JsonNode part : parts) {
      sum += part.path(key).asInt();
    }
    return sum;
  }
}
