package dev.flamingostreams.training.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.flamingostreams.checkpoints.ModelDirectory;
import dev.flamingostreams.checkpoints.ModelException;
import dev.flamingostreams.checkpoints.StoredType;
import dev.flamingostreams.engine.RandomModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CardTest {
  @TempDir Path folder;

  private Path file;
  private Card card;

  @BeforeEach
  void writeModel() throws IOException {
    RandomModel.write(folder, RandomModel.TINY, StoredType.F32);
    file = folder.resolve(ModelDirectory.CARD);
    card = new Card(ModelDirectory.open(folder));
  }

  @Test
  void figuresReplaceThoseBetweenTheMarksAndNothingElse() throws Exception {
    Files.writeString(
        file, "# m\n\nbefore\n\n" + Card.BEGIN + "\nold\n" + Card.END + "\n\nafter\n");
    card.write(report(Measure.CAPTIONS));
    assertThat(Files.readString(file))
        .startsWith("# m\n\nbefore\n\n" + Card.BEGIN + "\n")
        .endsWith(Card.END + "\n\nafter\n")
        .doesNotContain("old")
        .contains("| one | 4 | 3 | 100.0 ± 23.1 % |");
    String once = Files.readString(file);
    card.write(report(Measure.CAPTIONS));
    assertThat(file).hasContent(once);
    assertThat(folder.resolve("README.md.new")).doesNotExist();
  }

  @Test
  void figuresGoToTheEndOfACardThatHasNone() throws Exception {
    Files.writeString(file, "# m\n\nLicence: one.");
    card.write(report(Measure.QUESTIONS));
    assertThat(Files.readString(file)).startsWith("# m\n\nLicence: one.\n\n" + Card.BEGIN);
    Files.delete(file);
    card.write(report(Measure.QUESTIONS));
    assertThat(Files.readString(file)).startsWith("# random\n\n" + Card.BEGIN).endsWith(Card.END);
  }

  @Test
  void oneMarkAloneIsRefusedBeforeAnythingIsWritten() throws Exception {
    for (String text : List.of("a " + Card.BEGIN, Card.END + " a", Card.END + Card.BEGIN)) {
      Files.writeString(file, text);
      assertThatThrownBy(card::check)
          .isInstanceOf(ModelException.class)
          .hasMessageContaining(file.toString());
      assertThatThrownBy(() -> card.write(report(Measure.CAPTIONS)))
          .isInstanceOf(ModelException.class);
      assertThat(file).hasContent(text);
    }
  }

  @Test
  void everyMeasureHasItsTable() throws Exception {
    card.write(report(Measure.values()));
    String text = Files.readString(file);
    assertThat(text.lines().filter(line -> line.startsWith("### ")))
        .containsExactly(
            "### Captions",
            "### Jitter and dropped frames",
            "### What times and order contribute",
            "### Combinations that training never showed",
            "### Questions",
            "### Calibration",
            "### What is marked unsure",
            "### Two clips in one prompt",
            "### How far apart clips look",
            "### Gates");
    assertThat(text)
        .contains(
            "| one | 4 | temporal embeddings zeroed | 3 |",
            "| two | 4 | unseen | 3 |",
            "| count | 6 | 0.0 ±",
            "| 0.9-1.0 | 12 |",
            "| an object grows | 3 | 1.414 | 1.414 | 1.414 |",
            "| uniform still, not coded |",
            "SHA-256 of the weights: `0`");
    assertThat(text.lines().filter(line -> line.startsWith("|")))
        .allMatch(line -> line.endsWith(" |"));
  }

  @Test
  void whatWasNotMeasuredIsNotThere() throws Exception {
    card.write(report(Measure.REJECTION));
    assertThat(Files.readString(file))
        .contains("### What is marked unsure", "### Gates")
        .doesNotContain("### Captions", "### Questions");
  }

  @Test
  void gatesAreReadFromTheWeights() throws Exception {
    card.write(report(Measure.CAPTIONS));
    float[] gate =
        ModelDirectory.open(folder)
            .weights()
            .floats("language.blocks.1.cross_attention.attention_gate");
    assertThat(Files.readString(file))
        .contains("| `language.blocks.0.cross_attention` |")
        .containsPattern(
            "\\| `language.blocks.1.cross_attention` \\| "
                + String.format(Locale.ROOT, "%.3f", Math.tanh(gate[0])).replace(".", "\\."));
  }

  private static JsonNode report(Measure... measures) throws IOException {
    FakeWorld world =
        new FakeWorld(
            asked -> FakeWorld.looking(FakeWorld.said(asked.caption()), asked.isFirstHalf()));
    EvaluationPlan plan = FakeWorld.plan(3, List.of(4, 6), measures);
    return new ModelEvaluation(world, world, world, plan, List.of())
        .run((what, done, total) -> {})
        .json();
  }
}
