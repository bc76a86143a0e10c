package dev.flamingostreams.training.evaluation;

import com.fasterxml.jackson.databind.JsonNode;
import dev.flamingostreams.checkpoints.ModelDirectory;
import dev.flamingostreams.checkpoints.ModelException;
import dev.flamingostreams.checkpoints.WholeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** The figures of an evaluation in a model's card, between two marks. */
public final class Card {
  static final String BEGIN = "<!-- evaluation: written by flamingo model evaluate --card -->";
  static final String END = "<!-- end of evaluation -->";

  private final ModelDirectory model;
  private final Path file;

  public Card(ModelDirectory model) {
    this.model = model;
    this.file = model.path().resolve(ModelDirectory.CARD);
  }

  /**
   * Throws {@link ModelException} if it cannot be told where the figures go: one mark is missing,
   * or they are in the wrong order.
   */
  public void check() throws IOException {
    place(text());
  }

  /** Puts the figures where the last ones are, else at the card's end. */
  public void write(JsonNode report) throws IOException {
    String text = text();
    Place place = place(text);
    String figures = BEGIN + "\n\n" + figures(report) + END;
    WholeFile.write(
        file, text.substring(0, place.from) + place.before + figures + text.substring(place.to));
  }

  private record Place(int from, int to, String before) {}

  private String text() throws IOException {
    return Files.exists(file)
        ? Files.readString(file)
        : "# " + model.config().path("id").asText() + "\n";
  }

  private Place place(String text) {
    int from = text.indexOf(BEGIN);
    int to = text.indexOf(END);
    if (from < 0 && to < 0) {
      String end = text.stripTrailing() + "\n";
      return new Place(text.length(), text.length(), text.equals(end) ? "\n" : "\n\n");
    }
    if (from < 0 || to < from) {
      throw new ModelException(
          "%s: the figures go between '%s' and '%s', which must be there in this order; write both or remove both"
              .formatted(file, BEGIN, END));
    }
    return new Place(from, to + END.length(), "");
  }

  private String figures(JsonNode report) {
    StringBuilder text = new StringBuilder(head(report));
    section(text, report, Measure.CAPTIONS, "Captions", CaptionTables::captions);
    section(
        text,
        report,
        Measure.TIMING,
        "Jitter and dropped frames",
        part -> CaptionTables.ways("shown", part));
    section(
        text,
        report,
        Measure.ABLATIONS,
        "What times and order contribute",
        part -> CaptionTables.ways("shown", part));
    section(
        text,
        report,
        Measure.UNSEEN,
        "Combinations that training never showed",
        part -> CaptionTables.ways("combinations", part));
    section(text, report, Measure.QUESTIONS, "Questions", OtherTables::questions);
    section(text, report, Measure.CALIBRATION, "Calibration", OtherTables::calibration);
    section(text, report, Measure.REJECTION, "What is marked unsure", OtherTables::rejection);
    section(text, report, Measure.INTERLEAVED, "Two clips in one prompt", OtherTables::interleaved);
    section(text, report, Measure.CHANGES, "How far apart clips look", OtherTables::changes);
    text.append("### Gates\n\nThe tanh of each gate; training starts them at 0.\n\n");
    return text.append(Gates.table(model.weights())).toString();
  }

  private static String head(JsonNode report) {
    String frames =
        StreamSupport.stream(report.path("frames").spliterator(), false)
            .map(JsonNode::asText)
            .collect(Collectors.joining(","));
    return """
        ## Evaluation

        `flamingo model evaluate --scenes %s --seed %s --frames %s`: fresh scenes, rendered at heights of 180, 240 and 360
        pixels, encoded as H.264, decoded, described by %s. ± is the standard error. %s questions had no answer;
        they count as wrong. SHA-256 of the weights: `%s`.

        """
        .formatted(
            report.path("scenes").asText(),
            report.path("seed").asText(),
            frames,
            report.path("engine").asText(),
            failed(report),
            report.path("weightsHash").asText());
  }

  private static int failed(JsonNode report) {
    int sum = 0;
    for (JsonNode count : report.path("failures")) {
      sum += count.asInt();
    }
    return sum;
  }

  private static void section(
      StringBuilder text, JsonNode report, Measure measure, String title, Section section) {
    JsonNode part = report.path(measure.key());
    if (!part.isMissingNode()) {
      text.append("### ").append(title).append("\n\n").append(section.text(part));
    }
  }

  @FunctionalInterface
  private interface Section {
    String text(JsonNode part);
  }
}
