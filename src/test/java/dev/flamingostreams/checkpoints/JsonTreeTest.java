package dev.flamingostreams.checkpoints;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTreeTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"a\": {\"b\": [1, [], {}, null, true, false]}, \"c\": \"\\u00e9\\n\"}",
        "[2147483647, 2147483648, -9223372036854775808, 9223372036854775808]",
        "[0.1, -1.5e-7, 1e999]",
        " 5 ",
        "\"text\"",
        "null",
        ""
      })
  void aTreeIsWhatAMapperReads(String json) throws IOException {
    assertThat(JsonTree.of(json.getBytes(UTF_8))).isEqualTo(new JsonMapper().readTree(json));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"a": 1, "a": 2} | Duplicate
          {"a": 1} 2       | something stands after its end
          {"a": [1,        | end-of-input
          {"a": 1]         | Unexpected close marker
          {"a" 1}          | colon
          [NaN]            | NaN
          """)
  void whatIsNoJsonIsRefused(String json, String fault) {
    assertThatThrownBy(() -> JsonTree.of(json.getBytes(UTF_8)))
        .isInstanceOf(JsonProcessingException.class)
        .hasMessageContaining(fault);
  }

  @Test
  void aTreeIsOnlySoDeep() {
    assertThatThrownBy(() -> JsonTree.of("[".repeat(1_000_000).getBytes(UTF_8)))
        .isInstanceOf(JsonProcessingException.class)
        .hasMessageContaining("nesting depth");
  }

  @Test
  void aTreeHasOnlySoManyNodes() throws IOException {
    String most = "[" + "1,".repeat(JsonTree.MAX_NODES - 2) + "1";
    assertThat(JsonTree.of((most + "]").getBytes(UTF_8)).size()).isEqualTo(JsonTree.MAX_NODES - 1);
    assertThatThrownBy(() -> JsonTree.of((most + ",1]").getBytes(UTF_8)))
        .isInstanceOf(JsonProcessingException.class)
        .hasMessageContaining("it holds more than 4,000,000 values");
  }
}
