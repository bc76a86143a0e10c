package dev.flamingostreams.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.junit.jupiter.api.Test;

class LedgerTest {
  private final Ledger ledger = new Ledger("clips", "frames", List.of("late", "in clips"));
  private final MockProcessorContext<Object, Object> context = new MockProcessorContext<>();

  @Test
  void sensorsSumWhatIsCountedAndTellWhatWasCarried() {
    Ledger.Entries entries = ledger.entries(context, "yard-clips");
    entries.carried(3);
    entries.in(4);
    entries.count("in clips", 5);
    entries.count("in clips", 1);

    assertThat(totals())
        .isEqualTo(
            Map.of(
                "frames-carried-total", 3.0,
                "frames-in-total", 4.0,
                "frames-in-clips-total", 6.0,
                "frames-late-total", 0.0));
    assertThat(ledger.in()).isEqualTo(7);
    assertThat(ledger).hasToString("clips: 7 frames = 0 late + 6 in clips + 1 open");
  }

  @Test
  void whatIsOpenGoesWithTheTaskAndSoDoItsSensors() {
    Ledger.Entries entries = ledger.entries(context, "yard-clips");
    entries.in(4);
    entries.close();

    assertThat(ledger.in()).isZero();
    assertThat(totals()).isEmpty();
  }

  @Test
  void everyTaskHasSensorsOfItsOwn() {
    ledger.entries(context, "yard-clips").in(1);
    ledger.entries(context, "gate-clips").in(2);

    assertThat(ledger.in()).isEqualTo(3);
    assertThat(
            context.metrics().metrics().keySet().stream()
                .filter(name -> name.name().equals("frames-in-total"))
                .map(name -> name.tags().get("flamingo-clips-id")))
        .containsExactlyInAnyOrder("yard-clips-0_0", "gate-clips-0_0");
  }

  private Map<String, Double> totals() {
    Map<String, Double> totals = new TreeMap<>();
    context
        .metrics()
        .metrics()
        .forEach(
            (name, metric) -> {
              if (name.name().endsWith("-total") && name.group().contains("flamingo")) {
                totals.put(name.name(), (Double) metric.metricValue());
              }
            });
    return totals;
  }
}
