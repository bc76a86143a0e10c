package dev.flamingostreams.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;

class CurvesTest {
  @TempDir Path directory;

  @Test
  void eachStageThatHasBegunHasAChartAndThoseWithGatesTwo() throws Exception {
    TrainingLog log = new TrainingLog(directory.resolve(RunFiles.LOG));
    for (int step = 50; step <= 400; step += 50) {
      log.add(point("vision", step, 14 - step / 50.0, null));
    }
    Document one = parsed(log);
    assertThat(one.getElementsByTagName("g").getLength()).isEqualTo(1);
    log.add(point("captions", 50, 2.0, List.of(new Gate(0, -0.1, 0.3))));
    log.add(point("captions", 100, null, List.of(new Gate(0, -0.2, 0.4))));
    Document all = parsed(log);
    assertThat(all.getElementsByTagName("g").getLength()).isEqualTo(3);
    assertThat(all.getDocumentElement().getTextContent())
        .contains("Stage vision: loss", "Stage captions: loss", "loss (nats, log scale)")
        .contains("block 0", "feed-forward");
  }

  @Test
  void ticksOfALogarithmicAxisAreRoundAndFew() {
    assertThat(Axis.log("loss", 0.004, 3.2).ticks())
        .containsExactly(0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0);
    assertThat(Axis.log("loss", 5.8, 14.6).ticks()).hasSizeBetween(4, 9);
    assertThat(Axis.log("loss", 2.0, 2.0).ticks()).hasSizeBetween(2, 9);
    assertThat(Axis.log("loss", 1e-12, 1e3).ticks()).hasSizeLessThan(20);
  }

  @Test
  void valuesLieBetweenTheEndsOfTheAxis() {
    Axis log = Axis.log("loss", 0.01, 1);
    assertThat(log.position(0.1)).isCloseTo(0.5, within(1e-9));
    assertThat(log.position(0.01)).isBetween(0.0, 0.1);
    assertThat(Axis.linear("step", 0, 6000).position(1500)).isEqualTo(0.25);
    assertThat(Axis.linear("step", 0, 6000).ticks())
        .containsExactly(0.0, 1000.0, 2000.0, 3000.0, 4000.0, 5000.0, 6000.0);
    assertThat(Axis.rounded("gate", -0.13, 0.52).ticks()).startsWith(-0.2, -0.1).endsWith(0.5, 0.6);
  }

  @Test
  void ticksAreWrittenShort() {
    assertThat(Axis.text(0.30000000000000004)).isEqualTo("0.3");
    assertThat(Axis.text(14000)).isEqualTo("14,000");
    assertThat(Axis.text(-0.5)).isEqualTo("\u22120.5");
  }

  private static CurvePoint point(
      String stage, int step, @Nullable Double loss, @Nullable List<Gate> gates) {
    return new CurvePoint(stage, step, loss, 1e-3, 1.0, 99.0, 3.0, 0, gates);
  }

  private static Document parsed(TrainingLog log) throws Exception {
    TrainingPlan.Stage stage = new TrainingPlan.Stage(6000, 64, 1e-3, 0, 1);
    TrainingPlan.VisionRound vision = new TrainingPlan.VisionRound(stage, 0.14);
    TrainingPlan.CaptionRound round =
        new TrainingPlan.CaptionRound(stage, Replays.always(2), 0.3, 1);
    Vocabulary vocabulary = new World().vocabulary();
    Recipe recipe =
        new Recipe(
            new TrainingPlan(
                1,
                Collections.nCopies(Recipe.VISION_ROUNDS.size(), vision),
                stage,
                Collections.nCopies(Recipe.CAPTION_ROUNDS.size(), round),
                250),
            TrainingPlan.defaultModel(vocabulary),
            vocabulary);
    String svg = new Curves(recipe, log).toSvg();
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
  }
}
