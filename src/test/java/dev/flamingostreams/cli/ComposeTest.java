package dev.flamingostreams.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/** What the files under docker say, as far as it can be told without a container. */
class ComposeTest {
  private static final Path DOCKER = Path.of("docker");
  private static final String LOOPBACK = "127.0.0.1:";
  private static final String CHOSEN = "${FLAMINGO_BIND:-127.0.0.1}:";

  private final JsonNode compose = read("compose.yaml");
  private final JsonNode services = compose.get("services");

  @Test
  void portsAreOpenOnThisMachineOnlyButThatWhichWantsATokenWhereAsked() {
    List<String> ports = new ArrayList<>();
    services.forEach(service -> service.path("ports").forEach(port -> ports.add(port.asText())));
    assertThat(ports).contains(CHOSEN + "8080:8080");
    assertThat(ports)
        .filteredOn(port -> !port.endsWith(":8080"))
        .isNotEmpty()
        .allMatch(port -> port.startsWith(LOOPBACK));
    assertThat(services.at("/dashboard/command").toString()).contains("--http-token-file");
  }

  @Test
  void oneServiceBuildsTheImageOfAllOfOurs() {
    assertThat(services).filteredOn(service -> service.has("build")).hasSize(1);
    JsonNode second = read("compose.gpu.yaml").get("services");
    assertThat(second)
        .filteredOn(service -> service.has("build"))
        .singleElement()
        .satisfies(
            service ->
                assertThat(service.at("/build/dockerfile").asText()).endsWith("Dockerfile.gpu"));
  }

  @Test
  void whatIsMountedHasAVolume() {
    JsonNode volumes = compose.get("volumes");
    for (JsonNode service : services) {
      for (JsonNode mount : service.path("volumes")) {
        String source = mount.asText().split(":", 2)[0];
        if (mount.isTextual() && !source.startsWith("./")) {
          assertThat(volumes.has(source)).as(source).isTrue();
        }
      }
    }
  }

  @Test
  void everyServiceWaitsUntilWhatItNeedsIsThere() {
    for (JsonNode service : services) {
      for (Map.Entry<String, JsonNode> needed : service.path("depends_on").properties()) {
        JsonNode other = services.get(needed.getKey());
        boolean once = other.path("restart").asText().startsWith("on-failure");
        assertThat(needed.getValue().path("condition").asText())
            .as(needed.getKey())
            .isEqualTo(once ? "service_completed_successfully" : "service_healthy");
      }
    }
  }

  @Test
  void ourContainersWriteNothingButTheirVolumes() {
    for (String name : List.of("topics", "token", "films", "ingest", "topology", "dashboard")) {
      JsonNode service = services.get(name);
      assertThat(service.path("read_only").asBoolean()).as(name).isTrue();
      assertThat(service.path("tmpfs").asText()).as(name).startsWith("/tmp:noexec");
      assertThat(service.path("cap_drop").toString()).as(name).isEqualTo("[\"ALL\"]");
      assertThat(service.path("restart").asText()).as(name).isNotEmpty();
    }
  }

  @Test
  void whatOneCommandStartsNeedsNoImagesButKafkasAndOurs() {
    services.forEach(
        service -> {
          String image = service.get("image").asText();
          if (!image.contains("flamingo") && !image.startsWith("apache/kafka:")) {
            assertThat(service.path("profiles").toString()).as(image).contains("monitoring");
          }
        });
    assertThat(services.at("/kafka/image").asText()).isEqualTo(Containers.KAFKA);
  }

  @Test
  void theSecondFileHasAllOfOursUseTheImageForGpus() {
    JsonNode second = read("compose.gpu.yaml").get("services");
    Set<String> ours = new HashSet<>();
    for (Map.Entry<String, JsonNode> service : services.properties()) {
      if (service.getValue().path("image").asText().contains("FLAMINGO_IMAGE")) {
        ours.add(service.getKey());
      }
    }
    assertThat(second.fieldNames()).toIterable().containsExactlyInAnyOrderElementsOf(ours);
    assertThat(second)
        .allSatisfy(
            service -> assertThat(service.path("image").asText()).contains("FLAMINGO_GPU_IMAGE"));
    JsonNode device = second.at("/topology/deploy/resources/reservations/devices/0");
    assertThat(device.path("capabilities").toString()).isEqualTo("[\"gpu\"]");
    assertThat(device.path("count").asInt()).isEqualTo(1);
  }

  @Test
  void alertsHaveARuleATimeAndASentence() {
    JsonNode rules = read("monitoring/alerts.yaml").at("/groups/0/rules");
    assertThat(rules).isNotEmpty();
    Set<String> names = new HashSet<>();
    for (JsonNode rule : rules) {
      assertThat(names.add(rule.path("alert").asText())).as(rule.toString()).isTrue();
      assertThat(rule.path("expr").asText()).isNotEmpty();
      assertThat(rule.path("for").asText()).matches("\\d+m");
      assertThat(rule.at("/labels/severity").asText()).isIn("warning", "critical");
      assertThat(rule.at("/annotations/summary").asText()).isNotEmpty();
      String expression = rule.path("expr").asText();
      assertThat(expression.chars().filter(c -> c == '(').count())
          .isEqualTo(expression.chars().filter(c -> c == ')').count());
    }
  }

  @Test
  void prometheusReadsTheRulesAndShowsTheTokenThatServicesWant() {
    JsonNode prometheus = read("monitoring/prometheus.yaml");
    assertThat(DOCKER.resolve("monitoring").resolve(prometheus.at("/rule_files/0").asText()))
        .isEqualTo(Monitoring.ALERTS);
    String token = prometheus.at("/scrape_configs/0/authorization/credentials_file").asText();
    assertThat(services.at("/topology/command").toString()).contains(token);
    assertThat(services.has(prometheus.at("/scrape_configs/0/dns_sd_configs/0/names/0").asText()))
        .isTrue();
    assertThat(
            read("monitoring/grafana/provisioning/datasources/prometheus.yaml")
                .at("/datasources/0/type")
                .asText())
        .isEqualTo("prometheus");
  }

  @Test
  void theImageForGpusIsThatForTheCpuAndWhatGpusNeed() throws IOException {
    List<String> cpu = Files.readAllLines(DOCKER.resolve("Dockerfile"));
    assertThat(Files.readAllLines(DOCKER.resolve("Dockerfile.gpu")))
        .filteredOn(line -> !cpu.contains(line) && !line.startsWith("#"))
        .allMatch(line -> line.matches("(?i).*(gpu|nvidia|XDG_CACHE_HOME|start-period=60m).*"));
  }

  private static JsonNode read(String file) {
    try {
      Object tree = new Yaml().load(Files.readString(DOCKER.resolve(file)));
      return new JsonMapper().valueToTree(tree);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
