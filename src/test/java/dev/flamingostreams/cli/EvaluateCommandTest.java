package dev.flamingostreams.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.flamingostreams.checkpoints.ModelDirectory;
import dev.flamingostreams.checkpoints.StoredType;
import dev.flamingostreams.engine.RandomModel;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EvaluateCommandTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir Path model;

  @BeforeEach
  void writeModel() throws IOException {
    RandomModel.write(model, RandomModel.TINY, StoredType.F32);
  }

  @Test
  void figuresGoToTheOutputTheCardAndTheConfig() throws Exception {
    int code = evaluate("--scenes 3 --frames 8 --what captions --calibrate --card");
    assertThat(code).as(err.toString()).isEqualTo(ExitCode.OK);
    assertThat(out.toString().lines()).hasSize(1);
    JsonNode report = new JsonMapper().readTree(out.toString());
    assertThat(report.at("/captions/two/8/clips").asInt()).isEqualTo(3);
    assertThat(report.at("/captions/two/8/exact").asDouble(-1)).isZero();
    assertThat(Files.readString(model.resolve(ModelDirectory.CARD)))
        .contains("## Evaluation", "| two | 8 | 3 | 0.0");
    assertThat(ModelDirectory.open(model).config().at("/unsureBelow").asDouble())
        .isNotEqualTo(RandomModel.TINY.unsureBelow());
    assertThat(err.toString()).contains("captions are marked unsure below", "6 of 6 videos");
  }

  @Test
  void aCardWithoutItsEndIsRefusedBeforeAnythingIsRendered() throws Exception {
    Files.writeString(
        model.resolve(ModelDirectory.CARD),
        "<!-- evaluation: written by flamingo model evaluate --card -->\n");
    assertThat(evaluate("--scenes 3 --frames 8 --card")).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(err.toString().lines()).singleElement().asString().contains("README.md");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--scenes 0",
        "--frames 0",
        "--frames 8,31",
        "--what colours",
        "--footage x.mp4 --what captions"
      })
  void whatCannotBeMeasuredIsAMistakeOfUsageThatNamesTheOption(String options) {
    assertThat(evaluate(options)).isEqualTo(ExitCode.USAGE);
    assertThat(err.toString().lines())
        .singleElement()
        .asString()
        .contains(options.substring(0, options.indexOf(' ')));
  }

  @Test
  void missingFootageIsOneLine() {
    assertThat(evaluate("--footage no-such.mp4")).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(err.toString().lines()).singleElement().asString().contains("no-such.mp4");
  }

  private int evaluate(String options) {
    List<String> args =
        Stream.concat(
                Stream.of("model", "evaluate", "--model", model.toString()),
                Stream.of(options.split(" ")))
            .toList();
    return Main.commandLine()
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(args.toArray(String[]::new));
  }
}
