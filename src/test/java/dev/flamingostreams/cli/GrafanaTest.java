package dev.flamingostreams.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What Grafana wants of a dashboard that is imported or provisioned (its classic model). */
class GrafanaTest {
  private static final int COLUMNS = 24;

  private final JsonNode dashboard;
  private final JsonNode panels;

  GrafanaTest() throws IOException {
    dashboard = new JsonMapper().readTree(Files.readString(Monitoring.DRAWINGS));
    panels = dashboard.get("panels");
  }

  @Test
  void itHasANameThatLastsAndNoNumberOfAServer() {
    assertThat(dashboard.path("uid").asText()).matches("[A-Za-z0-9_-]{8,40}");
    assertThat(dashboard.path("title").asText()).isNotEmpty();
    assertThat(dashboard.path("schemaVersion").asInt()).isGreaterThanOrEqualTo(36);
    assertThat(dashboard.has("id")).isFalse();
  }

  @Test
  void whoImportsItChoosesWhereDataComesFrom() {
    JsonNode variables = dashboard.at("/templating/list");
    JsonNode source = variables.get(0);
    assertThat(source.path("type").asText()).isEqualTo("datasource");
    assertThat(source.path("query").asText()).isEqualTo("prometheus");
    String reference = "${%s}".formatted(source.path("name").asText());
    assertThat(variables.get(1).at("/datasource/uid").asText()).isEqualTo(reference);
    assertThat(panels)
        .isNotEmpty()
        .allSatisfy(panel -> assertThat(panel.at("/datasource/uid").asText()).isEqualTo(reference));
  }

  @Test
  void everyPanelHasItsOwnNumberPlaceAndQueries() {
    Set<Integer> numbers = new HashSet<>();
    Map<String, String> places = new HashMap<>();
    for (JsonNode panel : panels) {
      String title = panel.path("title").asText();
      assertThat(title).isNotEmpty();
      assertThat(panel.path("type").asText()).as(title).isIn("stat", "timeseries");
      assertThat(numbers.add(panel.path("id").asInt())).as(title).isTrue();
      place(panel.get("gridPos"), title, places);
      Set<String> references = new HashSet<>();
      assertThat(panel.get("targets")).as(title).isNotEmpty();
      for (JsonNode target : panel.get("targets")) {
        assertThat(references.add(target.path("refId").asText())).as(title).isTrue();
        assertThat(target.path("expr").asText()).as(title).isNotEmpty();
      }
    }
  }

  private static void place(JsonNode grid, String title, Map<String, String> places) {
    int right = grid.path("x").asInt() + grid.path("w").asInt();
    assertThat(right).as(title).isLessThanOrEqualTo(COLUMNS);
    for (int x = grid.path("x").asInt(); x < right; x++) {
      for (int y = 0; y < grid.path("h").asInt(); y++) {
        String cell = x + "," + (grid.path("y").asInt() + y);
        assertThat(places.put(cell, title)).as("%s at %s", title, cell).isNull();
      }
    }
  }
}
