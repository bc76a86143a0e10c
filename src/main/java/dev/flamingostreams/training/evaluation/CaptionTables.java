package dev.flamingostreams.training.evaluation;

import static dev.flamingostreams.training.evaluation.Table.count;
import static dev.flamingostreams.training.evaluation.Table.share;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The tables of how right captions are. */
final class CaptionTables {
  private static final Map<String, String> SHOWN =
      Map.of(
          Variant.PLAIN.key(), "as they are",
          Variant.JITTERED.key(), "each moved by up to 35 % of the step",
          Variant.DROPPED.key(), "a fifth dropped",
          Variant.WITHOUT_TIMES.key(), "temporal embeddings zeroed",
          Variant.SHUFFLED.key(), "shuffled",
          Variant.JITTERED_BY_INDEX.key(), "moved, interpolated by index",
          Variant.DROPPED_BY_INDEX.key(), "a fifth dropped, interpolated by index");

  private CaptionTables() {}

  static String captions(JsonNode part) {
    Table table =
        new Table("objects", "frames", "clips", "exact", "colour", "object", "motion", "unsure");
    forEach(
        part,
        (objects, frames, at) ->
            table.row(
                objects,
                frames,
                count(at, "clips"),
                share(at, "exact", "clips"),
                share(at, "colour", "objects"),
                share(at, "object", "objects"),
                share(at, "motion", "objects"),
                share(at, "unsure", "clips")));
    return "Exact is word for word, but for the order of two objects, which was another one than"
        + " the scene's in "
        + otherOrder(part)
        + " of the clips with two.\n\n"
        + table.text()
        + sizes(part);
  }

  private static String otherOrder(JsonNode part) {
    double sum = 0;
    for (JsonNode at : part.path("two")) {
      sum += at.path("otherOrder").asDouble();
    }
    return String.format(Locale.ROOT, "%.1f %%", 100 * sum / Math.max(1, part.path("two").size()));
  }

  /** A column for each size; where no object has it, nothing. */
  private static String sizes(JsonNode part) {
    List<String> columns = new ArrayList<>(List.of("objects", "frames"));
    CaptionSections.sizes().forEach(size -> columns.add("exact of " + size));
    Table table = new Table(columns.toArray(String[]::new));
    forEach(
        part,
        (objects, frames, at) -> {
          List<String> row = new ArrayList<>(List.of(objects, frames));
          for (JsonNode size : at.path("bySize")) {
            row.add((share(size, "exact", "clips") + " of " + count(size, "clips")).strip());
          }
          table.row(row.toArray(String[]::new));
        });
    return "By the size of the smaller object, its longer side in heights of the frame:\n\n"
        + table.text();
  }

  /**
   * A row for each way of showing clips, or each sort of them.
   *
   * @param column that names the ways
   */
  static String ways(String column, JsonNode part) {
    Table table = new Table("objects", "frames", column, "clips", "exact", "motion");
    forEach(part, (objects, frames, at) -> rows(objects, frames, at, table));
    return table.text();
  }

  private static void rows(String objects, String frames, JsonNode at, Table table) {
    at.properties()
        .forEach(
            each ->
                table.row(
                    objects,
                    frames,
                    SHOWN.getOrDefault(each.getKey(), each.getKey()),
                    count(each.getValue(), "clips"),
                    share(each.getValue(), "exact", "clips"),
                    share(each.getValue(), "motion", "objects")));
  }

  @FunctionalInterface
  private interface Visitor {
    void visit(String objects, String frames, JsonNode at);
  }

  private static void forEach(JsonNode part, Visitor visitor) {
    part.properties()
        .forEach(
            objects ->
                objects
                    .getValue()
                    .properties()
                    .forEach(
                        frames ->
                            visitor.visit(objects.getKey(), frames.getKey(), frames.getValue())));
  }
}
