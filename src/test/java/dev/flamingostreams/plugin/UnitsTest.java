package dev.flamingostreams.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnitsTest {

  @ParameterizedTest
  @CsvSource({"500ms,500", "3s,3000", "1.5s,1500", "2m,120000", "1h,3600000", "0s,0", "4 s,4000"})
  void durationsHaveUnits(String text, long millis) {
    assertThat(Units.duration(text)).isEqualTo(Duration.ofMillis(millis));
  }

  @ParameterizedTest
  @CsvSource({"4/s,4", "12fps,12", "30/m,0.5", "0.5/s,0.5"})
  void ratesHaveUnits(String text, double perSecond) {
    assertThat(Units.rate(text)).isEqualTo(perSecond);
  }

  @ParameterizedTest
  @CsvSource({"900KB,921600", "1MB,1048576", "100B,100", "1.5mb,1572864"})
  void sizesHaveUnits(String text, int bytes) {
    assertThat(Units.bytes(text)).isEqualTo(bytes);
  }

  @Test
  void everyRefusalSaysWhatToWrite() {
    assertThatThrownBy(() -> Units.duration("3")).hasMessage("'3' has no unit; write 3s or 3ms");
    assertThatThrownBy(() -> Units.duration("3MB"))
        .hasMessage("'3MB' has the unit 'MB'; durations are in ms, s, m or h");
    assertThatThrownBy(() -> Units.duration("-3s"))
        .hasMessage("'-3s' is not a duration; write it like 500ms, 3s, 2m or 1h");
    assertThatThrownBy(() -> Units.rate("4")).hasMessage("'4' has no unit; write 4/s");
    assertThatThrownBy(() -> Units.rate("0fps"))
        .hasMessage("'0fps' must be above 0; write it like 4/s");
    assertThatThrownBy(() -> Units.rate("4s"))
        .hasMessage("'4s' has the unit 's'; rates are in /s, fps, /m or /h");
    assertThatThrownBy(() -> Units.bytes("1GB"))
        .hasMessage("'1GB' has the unit 'GB'; sizes are in B, KB or MB");
    assertThatThrownBy(() -> Units.bytes("2000MB"))
        .hasMessage("'2000MB' is not between 1B and 1024MB");
  }
}
