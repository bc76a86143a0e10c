package dev.flamingostreams.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StreamFilterTest {

  @ParameterizedTest
  @CsvSource({
    "*,gate,true",
    "gate,gate,true",
    "gate,gates,false",
    "gate-*,gate-1,true",
    "gate-*,gate-,true",
    "gate-*,yard-gate-1,false",
    "*-north,a-north-north,true",
    "g?te,gate,true",
    "g?te,gte,false",
    "a*b*c,aXbYbZc,true",
    "a*b*c,aXbY,false",
    "a.c,abc,false"
  })
  void aPatternMatchesWholeNames(String pattern, String stream, boolean matches) {
    assertThat(new StreamFilter(List.of(pattern)).test(stream)).isEqualTo(matches);
  }

  @Test
  void oneOfSeveralIsEnough() {
    assertThat(new StreamFilter(List.of("gate", "yard*")).test("yard-2")).isTrue();
  }

  @Test
  void aPatternOfManyStarsIsNoTrap() {
    StreamFilter filter = new StreamFilter(List.of("*a".repeat(100) + "b"));

    assertThat(filter.test("a".repeat(10_000))).isFalse();
  }

  @Test
  void aBlankNameIsRefused() {
    assertThatThrownBy(() -> new StreamFilter(List.of(" ")))
        .hasMessage("' ' is not the name of a stream, nor a pattern such as gate-*");
  }
}
