package dev.flamingostreams.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flamingostreams.training.scenes.Scene;
import dev.flamingostreams.training.scenes.SceneSampler;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class WorldTest {
  private final World world = new World();
  private final Random random = new Random(4);

  @Test
  void aReadingIsACaptionAndThenAQuestionThatItAnswers() {
    SceneSampler sampler = new SceneSampler(2);
    for (int i = 0; i < 50; i++) {
      Scene scene = sampler.two();
      Chunk reading = world.reading(scene, random);
      int[] caption = world.caption(scene).tokens();
      int[] told = Arrays.copyOf(caption, caption.length - 1); // without the end
      assertThat(reading.tokens()).startsWith(told).endsWith(caption[caption.length - 1]);
      assertThat(reading.tokens()[told.length]).isEqualTo(world.vocabulary().id("question"));
      assertThat(reading.answer()).isBetween(told.length + 5, reading.tokens().length - 2);
    }
  }
}
