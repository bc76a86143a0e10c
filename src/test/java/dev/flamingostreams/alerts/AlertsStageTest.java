package dev.flamingostreams.alerts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flamingostreams.schema.Alert;
import dev.flamingostreams.schema.Caption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AlertsStageTest {
  private static final String STORE = "alerts-rules";

  @TempDir Path directory;

  private final AlertLedgers ledgers = AlertLedgers.create();
  private final List<Alert> alerts = new ArrayList<>();
  private final List<Caption> captions = new ArrayList<>();
  private TopologyTestDriver driver;
  private TestInputTopic<String, Caption> input;

  @BeforeEach
  void oneRule() {
    start(rule("car", 10, 1, false));
  }

  @AfterEach
  void everyCaptionAndMatchIsAccountedFor() {
    driver.close();
    assertThat(ledgers.captions().in()).isEqualTo(captions.size());
    assertThat(ledgers.captions().open()).isZero();
    assertThat(ledgers.matches().open()).isZero();
    assertThat(ledgers.matches().of(AlertLedgers.ALERTS)).isEqualTo(alerts.size());
  }

  @Test
  void aMatchRaisesAnAlertThatSaysWhatAndWhen() {
    caption("gate", 3, "a red car moves left");

    Alert alert = alerts.get(0);
    assertThat(alert)
        .isEqualTo(
            new Alert(
                "car",
                "warning",
                "gate",
                captions.get(0),
                List.of("car"),
                3_000_000,
                4_000_000,
                1));
  }

  @Test
  void aCaptionThatDoesNotMatchRaisesNone() {
    caption("gate", 3, "a red person moves left");

    assertThat(alerts).isEmpty();
    assertThat(ledgers.captions().of(AlertLedgers.UNMATCHED)).isEqualTo(1);
  }

  @Test
  void matchesWithinTheCooldownAreCountedAndNotAlerted() {
    for (int second = 0; second <= 10; second++) {
      caption("gate", second, "a car blinks");
    }

    assertThat(alerts).hasSize(2);
    assertThat(alerts.get(1).count()).isEqualTo(10);
    assertThat(alerts.get(1).firstSeenMicros()).isEqualTo(1_000_000);
    assertThat(alerts.get(1).lastSeenMicros()).isEqualTo(11_000_000);
    assertThat(ledgers.matches().of(AlertLedgers.COOLING)).isEqualTo(9);
  }

  @Test
  void oneStreamDoesNotSilenceAnother() {
    caption("gate", 0, "a car blinks");
    caption("yard", 0, "a car blinks");

    assertThat(alerts).extracting(Alert::stream).containsExactly("gate", "yard");
  }

  @Test
  void aClockSetBackDoesNotSilenceItsCamera() {
    caption("gate", 1_000, "a car blinks");
    caption("gate", 0, "a car blinks");

    assertThat(alerts).hasSize(2);
  }

  @Test
  void theCooldownSurvivesARestart() {
    caption("gate", 0, "a car blinks");
    caption("gate", 1, "a car blinks");
    List<TestRecord<String, byte[]>> changelog =
        driver
            .createOutputTopic(
                "app-" + STORE + "-changelog",
                new StringDeserializer(),
                new ByteArrayDeserializer())
            .readRecordsToList();
    driver.close();

    start(rule("car", 10, 1, false));
    KeyValueStore<String, byte[]> store = driver.getKeyValueStore(STORE);
    changelog.forEach(change -> store.put(change.key(), change.value()));
    caption("gate", 2, "a car blinks");
    caption("gate", 10, "a car blinks");

    assertThat(alerts).hasSize(2);
    assertThat(alerts.get(1).count()).isEqualTo(3);
    assertThat(alerts.get(1).firstSeenMicros()).isEqualTo(1_000_000);
  }

  @Test
  void aRuleWithForWaitsForMatchesInARow() {
    restart(rule("car", 0, 2, false));
    caption("gate", 0, "a car blinks");
    caption("gate", 1, "a star blinks");
    caption("gate", 2, "a car blinks");
    assertThat(alerts).isEmpty();

    caption("gate", 3, "a car blinks");
    assertThat(alerts).hasSize(1);
    assertThat(ledgers.matches().of(AlertLedgers.TOO_FEW)).isEqualTo(2);
  }

  @Test
  void anUnsureCaptionAlertsOnlyWhereTheRuleSaysSo() {
    restart(rule("sure", 0, 1, false), rule("any", 0, 1, true));
    unsureCaption("gate", 0, "a car blinks");

    assertThat(alerts).extracting(Alert::rule).containsExactly("any");
    assertThat(ledgers.matches().of(AlertLedgers.UNSURE)).isEqualTo(1);
  }

  @Test
  void aRuleLooksAtItsStreamsOnly() {
    restart(new AlertRule("car", "car", Severity.INFO, Duration.ZERO, 1, false, "yard"::equals));
    caption("gate", 0, "a car blinks");
    caption("yard", 0, "a car blinks");

    assertThat(alerts).extracting(Alert::stream).containsExactly("yard");
  }

  @Test
  void anotherVersionsMemoryIsNotMisread() {
    driver.<String, byte[]>getKeyValueStore(STORE).put("car/gate", new byte[] {9, 9});
    caption("gate", 0, "a car blinks");

    assertThat(alerts).hasSize(1);
  }

  @Test
  void twoRulesOfOneNameAreRefused() {
    List<AlertRule> rules = List.of(rule("car", 0, 1, false), rule("car", 1, 1, false));

    assertThatThrownBy(() -> new AlertsStage("alerts", rules, ledgers))
        .hasMessage("two rules are named 'car'; rename one");
  }

  private static AlertRule rule(String name, int cooldownSeconds, int times, boolean unsure) {
    return new AlertRule(
        name,
        "car",
        Severity.WARNING,
        Duration.ofSeconds(cooldownSeconds),
        times,
        unsure,
        stream -> true);
  }

  private void caption(String stream, int second, String text) {
    send(stream, second, text, false);
  }

  private void unsureCaption(String stream, int second, String text) {
    send(stream, second, text, true);
  }

  private void send(String stream, int second, String text, boolean unsure) {
    long start = second * 1_000_000L;
    captions.add(
        new Caption(
            stream,
            stream + "-" + second,
            start,
            start + 1_000_000,
            1,
            List.of(start),
            text,
            -0.1,
            unsure,
            "model",
            "weights",
            "prompt",
            "engine",
            new Caption.Timing(0, 0, 0),
            false));
    input.pipeInput(stream, captions.get(captions.size() - 1));
  }

  private void restart(AlertRule... rules) {
    driver.close();
    start(rules);
  }

  private void start(AlertRule... rules) {
    Topology topology = new Topology();
    topology.addSource("captions", new StringDeserializer(), byReference(), "captions");
    topology.addProcessor("alerts", new AlertsStage("alerts", List.of(rules), ledgers), "captions");
    topology.addProcessor(
        "collect",
        () ->
            (Processor<String, Alert, Void, Void>)
                (Record<String, Alert> alert) -> alerts.add(alert.value()),
        "alerts");
    Properties properties = new Properties();
    properties.putAll(
        Map.of(
            StreamsConfig.APPLICATION_ID_CONFIG, "app",
            StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "none:9092",
            StreamsConfig.STATE_DIR_CONFIG, directory.toString()));
    driver = new TopologyTestDriver(topology, properties);
    input =
        driver.createInputTopic(
            "captions", new StringSerializer(), (Serializer<Caption>) (topic, data) -> index(data));
  }

  // The serdes are tested where they live; here a record is the place of a caption in the list.
  private byte[] index(Caption caption) {
    return new byte[] {(byte) captions.indexOf(caption)};
  }

  private Deserializer<Caption> byReference() {
    return (topic, data) -> captions.get(data[0]);
  }
}
