package dev.flamingostreams.schema;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class CaptionTest {
  private static final String OLD =
      "{\"stream\":\"gate\",\"clip\":\"id\",\"startMicros\":0,\"endMicros\":4,\"frameCount\":1,"
          + "\"frameMicros\":[0],\"text\":\"a car\",\"meanLogProbability\":-0.5,\"unsure\":false,"
          + "\"model\":\"m\",\"weights\":\"w\",\"prompt\":\"p\",\"engine\":\"e\","
          + "\"timing\":{\"queueMicros\":1,\"visionMicros\":2,\"decodeMicros\":3},\"flushed\":false}";

  private final JsonSerde<Caption> serde = new JsonSerde<>(Caption.class);

  @Test
  void aCaptionWithoutLabelsAndTurnsIsWrittenAndReadAsBeforeThereWereAny() {
    Caption caption = read(OLD);
    assertThat(caption.labels()).isEmpty();
    assertThat(caption.turns()).isEmpty();
    assertThat(serde.toJson(caption)).isEqualTo(OLD);
  }

  @Test
  void labelsAndTurnsTravel() {
    Caption plain = read(OLD);
    Caption caption =
        new Caption(
            plain.stream(),
            plain.clip(),
            plain.startMicros(),
            plain.endMicros(),
            plain.frameCount(),
            plain.frameMicros(),
            plain.text(),
            plain.meanLogProbability(),
            plain.unsure(),
            List.of(new Caption.Label("a car", -1, 0.75), new Caption.Label("a star", -2.5, 0.25)),
            List.of(new Caption.Turn("what is it?", "a car")),
            plain.model(),
            plain.weights(),
            plain.prompt(),
            plain.engine(),
            plain.timing(),
            plain.flushed());
    String json = serde.toJson(caption);
    assertThat(json)
        .contains("\"labels\":[{\"text\":\"a car\",\"logProbability\":-1.0,\"probability\":0.75},")
        .contains("\"turns\":[{\"question\":\"what is it?\",\"answer\":\"a car\"}]");
    assertThat(read(json)).isEqualTo(caption);
  }

  @Test
  void whatWasLeftOutAndWhatIsRepeatedTravels() {
    Caption plain = read(OLD);
    assertThat(plain.thinned()).isNull();
    assertThat(plain.unchangedSince()).isNull();
    String json =
        OLD.replace(
            "\"flushed\":false",
            "\"flushed\":false,\"thinned\":{\"frames\":16,\"hop\":2},\"unchangedSince\":\"before\"");
    Caption caption = read(json);
    assertThat(caption.thinned()).isEqualTo(new Caption.Thinned(16, 2));
    assertThat(caption.unchangedSince()).isEqualTo("before");
    assertThat(serde.toJson(caption)).isEqualTo(json);
  }

  private Caption read(String json) {
    return serde.deserializer().deserialize("captions", json.getBytes(UTF_8));
  }
}
