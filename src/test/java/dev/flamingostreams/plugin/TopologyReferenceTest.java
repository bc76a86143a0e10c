package dev.flamingostreams.plugin;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.flamingostreams.captions.Landing;
import dev.flamingostreams.clips.ClipRules;
import dev.flamingostreams.engine.ClipException.Reason;
import dev.flamingostreams.schema.Alert;
import dev.flamingostreams.schema.Caption;
import dev.flamingostreams.schema.Clip;
import dev.flamingostreams.schema.DeadLetter;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.state.StoreBuilder;
import org.junit.jupiter.api.Test;

/** {@code src/docs/topologies.md} says what topologies become. */
class TopologyReferenceTest {
  private static final ReferencePage PAGE = new ReferencePage("topologies.md");
  private static final Path SHIPPED = Path.of("topologies");
  private static final Pattern STORES = Pattern.compile("stores: \\[(.*?)]");

  private final TopologyFile scenes = TopologyFile.read(SHIPPED.resolve("scenes"));
  private final JsonMapper json = new JsonMapper();

  @Test
  void theDescriptionIsKafkas() throws IOException {
    Topology topology =
        VideoTopology.addTo(new Topology(), scenes, () -> new FakeDescriber(-1), Ledgers.create());
    assertThat(sorted(PAGE.block("Topologies:"))).isEqualTo(sorted(topology.describe().toString()));
  }

  @Test
  void topicsAreThosePlanned() throws IOException {
    List<List<String>> planned =
        TopicPlan.of(scenes).stream()
            .map(
                plan ->
                    List.of(
                        "`%s`".formatted(plan.name()),
                        plan.maxBytes() + " bytes",
                        kept(plan.config()),
                        plan.config().containsKey(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG)
                            ? "arrival"
                            : "as sent"))
            .toList();
    assertThat(PAGE.table("| topic | key |"))
        .extracting(row -> List.of(row.get(0), row.get(3), row.get(4), row.get(5)))
        .isEqualTo(planned);
  }

  @Test
  void storesAreThoseOfTheStages() throws IOException {
    TopologyFile compares =
        TopologyFile.read(
            Files.writeString(
                Files.createTempDirectory("reference").resolve("topology.yaml"),
                "name: scenes\ncaptions:\n  unchanged: repeat\nalerts: [{name: a, query: b}]"));
    Stages stages =
        Stages.of(compares, () -> new FakeDescriber(-1), Ledgers.create(), new Landing());
    Map<String, String> changelogs = new TreeMap<>();
    Stream.of(stages.clips("dead"), stages.captions("dead"), stages.alerts())
        .flatMap(stage -> stage.stores().stream())
        .forEach(store -> changelogs.put("`%s`".formatted(store.name()), changelog(store)));
    Map<String, String> listed = new TreeMap<>();
    PAGE.table("| store | of |").forEach(row -> listed.put(row.get(0), row.get(3)));
    assertThat(listed).isEqualTo(changelogs);
  }

  @Test
  void headersAndReasonsAreAll() throws IOException {
    assertThat(PAGE.table("| header |"))
        .extracting(row -> row.get(0).replace("`", ""))
        .containsExactlyInAnyOrderElementsOf(headers());
    assertThat(PAGE.table("| reason |"))
        .extracting(row -> row.get(0).replace("`", ""))
        .containsExactlyInAnyOrderElementsOf(
            Stream.concat(
                    Arrays.stream(Reason.values()).map(Reason::label), Stream.of(SizeLimit.REASON))
                .toList());
  }

  @Test
  void examplesAreRecords() throws IOException {
    String caption = PAGE.block("{\"stream\": \"gate\"");
    assertReads(caption, Caption.class);
    assertReads(PAGE.block("{\"rule\":").replace("{ a caption as above }", caption), Alert.class);
    assertReads(PAGE.block("{\"id\":"), Clip.class);
  }

  @Test
  void keysOfCaptionsAndAlertsAreAllExplained() throws IOException {
    assertThat(explained("| `stream` |"))
        .containsExactlyInAnyOrderElementsOf(components(Caption.class));
    assertThat(explained("| `rule`, `severity` |"))
        .containsExactlyInAnyOrderElementsOf(components(Alert.class));
  }

  @Test
  void everyTopologyThatIsShippedIsThere() throws IOException {
    assertThat(PAGE.table("| file | model |")).containsExactlyInAnyOrderElementsOf(shipped());
  }

  private static List<List<String>> shipped() throws IOException {
    try (Stream<Path> files = Files.walk(SHIPPED)) {
      return files
          .filter(file -> file.toString().endsWith(".yaml"))
          .map(TopologyReferenceTest::row)
          .toList();
    }
  }

  private static List<String> row(Path path) {
    TopologyFile file = TopologyFile.read(path);
    String name = SHIPPED.relativize(path).toString().replace("/topology.yaml", "");
    return List.of(
        "`%s`".formatted(name),
        file.model(),
        file.task().kind().name().toLowerCase(Locale.ROOT),
        windows(file.clips()),
        streams(path),
        file.outputs().captions().equals("captions")
            ? "`captions`, `alerts`, `dead-letters`"
            : "`%s…`".formatted(file.outputs().captions().replaceFirst("captions$", "")));
  }

  private static String windows(ClipRules rules) {
    String length = rules.length().toSeconds() + "s";
    return rules.hop().equals(rules.length())
        ? length
        : length + " every " + rules.hop().toSeconds() + "s";
  }

  private static String streams(Path path) {
    try {
      return Pattern.compile("streams: (.*)")
          .matcher(Files.readString(path))
          .results()
          .map(found -> found.group(1).replaceAll("[\\[\\]]", "").replace("\"", "`"))
          .findFirst()
          .orElse("`*`");
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String kept(Map<String, String> config) {
    long millis = Long.parseLong(config.getOrDefault(TopicConfig.RETENTION_MS_CONFIG, "0"));
    return Duration.ofMillis(millis).toDays() + " d";
  }

  private static String changelog(StoreBuilder<?> store) {
    Object policy = store.logConfig().getOrDefault(TopicConfig.CLEANUP_POLICY_CONFIG, "compact");
    return store.loggingEnabled() ? policy.toString().replace(",", ", ") : "none";
  }

  private static List<String> headers() {
    return Arrays.stream(DeadLetter.class.getFields())
        .filter(field -> Modifier.isStatic(field.getModifiers()))
        .map(TopologyReferenceTest::value)
        .toList();
  }

  private static String value(Field field) {
    try {
      return String.valueOf(field.get(null));
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<String> components(Class<?> type) {
    return Arrays.stream(type.getRecordComponents()).map(c -> c.getName()).toList();
  }

  /** The keys in the first column of the table whose first row begins so. */
  private static List<String> explained(String row) {
    return PAGE.tableOf(row).stream()
        .flatMap(cells -> Arrays.stream(cells.get(0).replace("`", "").split(", ", -1)))
        .toList();
  }

  private <T> void assertReads(String text, Class<T> type) throws IOException {
    JsonNode tree = json.readTree(text);
    assertThat(json.writeValueAsString(json.treeToValue(tree, type))).isEqualTo(tree.toString());
  }

  /** Kafka lists stores in any order. */
  private static String sorted(String description) {
    return STORES.matcher(description).replaceAll(TopologyReferenceTest::inOrder).strip();
  }

  private static String inOrder(MatchResult stores) {
    return Arrays.stream(stores.group(1).split(", ", -1))
        .collect(toCollection(TreeSet::new))
        .stream()
        .collect(joining(", ", "stores: [", "]"))
        .transform(Matcher::quoteReplacement);
  }
}
