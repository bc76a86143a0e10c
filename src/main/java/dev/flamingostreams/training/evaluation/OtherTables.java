package dev.flamingostreams.training.evaluation;

import static dev.flamingostreams.training.evaluation.Table.cell;
import static dev.flamingostreams.training.evaluation.Table.count;
import static dev.flamingostreams.training.evaluation.Table.share;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;

/** The tables of all but captions. */
final class OtherTables {
  private OtherTables() {}

  static String questions(JsonNode part) {
    Table table = new Table("question: answer", "asked", "right", "by likelihood");
    JsonNode likelihood = part.path("byLikelihood");
    table.row(
        "all",
        count(part, "asked"),
        share(part, "right", "asked"),
        share(likelihood, "right", "asked"));
    part.path("byForm")
        .properties()
        .forEach(
            form ->
                table.row(
                    form.getKey(),
                    count(form.getValue(), "asked"),
                    share(form.getValue(), "right", "asked"),
                    share(likelihood.path("byForm").path(form.getKey()), "right", "asked")));
    return ("At %s frames; yes and no are chosen by likelihood too." + unreadable(part) + "\n\n%s")
        .formatted(count(part, "frames"), table.text());
  }

  private static String unreadable(JsonNode part) {
    int unreadable = part.path("unreadable").asInt();
    return unreadable == 0
        ? ""
        : " %d of them have words that the model's tokenizer does not know.".formatted(unreadable);
  }

  static String calibration(JsonNode part) {
    Table table = new Table("probability", "captions", "mean probability", "exact");
    for (JsonNode bin : part.path("bins")) {
      table.row(
          String.format(
              Locale.ROOT, "%.1f-%.1f", bin.path("from").asDouble(), bin.path("to").asDouble()),
          count(bin, "captions"),
          percent(bin, "probability"),
          share(bin, "exact", "captions"));
    }
    return "The expected calibration error is %s.\n\n%s"
        .formatted(percent(part.path("expectedError").asDouble()), table.text());
  }

  static String rejection(JsonNode part) {
    Table table = new Table("clips of", "frames", "clips", "marked unsure");
    JsonNode known = part.path("known");
    // without an error: at all counts of frames they are clips of the same scenes
    table.row("known scenes", "all", count(known, "clips"), percent(known, "unsure"));
    for (Group group : Group.KNOWN) {
      known
          .path(group.key())
          .properties()
          .forEach(at -> row(group.words(), at.getKey(), at.getValue(), table));
    }
    for (Group group : Group.NOT_KNOWN) {
      JsonNode some = part.path(group.key());
      row(group.words(), "", some, table);
      some.path("each")
          .properties()
          .forEach(each -> row(cell(each.getKey()), "", each.getValue(), table));
    }
    return table.text();
  }

  private static void row(String what, String frames, JsonNode some, Table table) {
    table.row(what, frames, count(some, "clips"), share(some, "unsure", "clips"));
  }

  static String interleaved(JsonNode part) {
    Table table =
        new Table(
            "pairs",
            "texts swap with the clips",
            "a clip is told the same in both places",
            "exact as the first",
            "exact as the second");
    table.row(
        count(part, "pairs"),
        share(part, "swapped", "pairs"),
        share(part, "same", "clips"),
        share(part, "exactAsFirst", "clips"),
        share(part, "exactAsSecond", "clips"));
    return unreadable(part).strip() + "\n\n" + table.text();
  }

  static String changes(JsonNode part) {
    Table table = new Table("from one clip to the next", "scenes", "least", "median", "most");
    for (Change change : Change.values()) {
      JsonNode some = part.path(change.key());
      table.row(
          change.words(),
          count(some, "pairs"),
          distance(some, "least"),
          distance(some, "median"),
          distance(some, "most"));
    }
    return "Two clips of %s frames, compared as for `unchanged-within`.\n\n%s"
        .formatted(count(part, "frames"), table.text());
  }

  private static String distance(JsonNode some, String key) {
    return some.has(key) ? String.format(Locale.ROOT, "%.3f", some.path(key).asDouble()) : "";
  }

  /** Without an error; nothing if there is none. */
  private static String percent(JsonNode part, String key) {
    return part.has(key) ? percent(part.path(key).asDouble()) : "";
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f %%", 100 * share);
  }
}
