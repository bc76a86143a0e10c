package dev.flamingostreams.alerts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AlertRuleTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "red car                | red,car",
        "RED                    | red",
        "\"car moves\"          | car moves",
        "person OR car          | car",
        "mov*                   | moves",
        "*eft                   | left",
        "(car OR person) left   | car,left",
        "car NOT blinks         | car",
        "carr~1                 | car",
        "/m.ves/                | moves",
        "*:* -person            | ''",
        "(red car) OR (blue car) | red,car",
      })
  void aQueryNamesTheTermsItMatched(String query, String terms) {
    assertThat(match(query, "a red car moves left"))
        .containsExactly(List.of(terms.isEmpty() ? new String[0] : terms.split(",")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"green car", "\"moves car\"", "person", "car NOT left", "move"})
  void aQueryThatDoesNotHoldMatchesNothing(String query) {
    assertThat(match(query, "a red car moves left")).isEmpty();
  }

  @Test
  void anEmptyCaptionMatchesNothing() {
    assertThat(match("car", "")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "(red car    | query '(red car' does not parse: it ends too early; close what is open",
        "''          | query '' can never match; name at least one word that a caption must have",
        "-person     | query '-person' can never match; name at least one word that a caption must"
            + " have",
        "car AND (NOT red) | query 'car AND (NOT red)' can never match; name at least one word that a"
            + " caption must have",
        "red car OR blue car | query 'red car OR blue car' has OR beside words that must all be there;"
            + " put brackets round what belongs together",
        "star (car AND moves OR blinks) | query 'star (car AND moves OR blinks)' has OR beside words"
            + " that must all be there; put brackets round what belongs together",
        "!!!         | query '!!!' does not parse: '!' at column 2 is not expected; put it in quotes",
        "colour:red  | query asks for field 'colour', but a caption has only its words; put the"
            + " colon in quotes",
        "a OR b:c    | query asks for field 'b', but a caption has only its words; put the colon in"
            + " quotes",
      })
  void aQueryThatCannotWorkIsRefused(String query, String message) {
    assertThatThrownBy(() -> AlertRule.of("r", query, Severity.INFO, Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  @Test
  void aQueryOfUnreasonableLengthIsRefused() {
    assertThatThrownBy(() -> AlertRule.checkQuery("car ".repeat(1_000)))
        .hasMessage("query is 4000 characters long; at most 2000 are read");
  }

  @Test
  void wrongValuesAreRefused() {
    assertThatThrownBy(() -> AlertRule.of("a/b", "car", Severity.INFO, Duration.ZERO))
        .hasMessageStartingWith("name 'a/b' must begin with a letter or digit");
    assertThatThrownBy(() -> AlertRule.of("r", "car", Severity.INFO, Duration.ofDays(31)))
        .hasMessage("cooldown PT744H is not between 0 and 30 days");
    assertThatThrownBy(
            () -> new AlertRule("r", "car", Severity.INFO, Duration.ZERO, 0, false, s -> true))
        .hasMessage("0 captions in a row is not between 1 and 1000");
  }

  private static Iterable<List<String>> match(String query, String text) {
    AlertRule rule = AlertRule.of("r", query, Severity.INFO, Duration.ZERO);
    try (CaptionMatcher matcher = new CaptionMatcher(List.of(rule))) {
      return matcher.match(text).values();
    }
  }
}
