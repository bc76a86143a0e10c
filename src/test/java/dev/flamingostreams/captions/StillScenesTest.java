package dev.flamingostreams.captions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flamingostreams.engine.ClipInput;
import dev.flamingostreams.engine.Comparison;
import dev.flamingostreams.engine.Describer;
import dev.flamingostreams.engine.Description;
import dev.flamingostreams.engine.Engine;
import dev.flamingostreams.engine.EngineOptions;
import dev.flamingostreams.engine.Prompt;
import dev.flamingostreams.engine.Signature;
import dev.flamingostreams.training.scenes.Colour;
import dev.flamingostreams.training.scenes.Combination;
import dev.flamingostreams.training.scenes.Degradation;
import dev.flamingostreams.training.scenes.Kind;
import dev.flamingostreams.training.scenes.Motion;
import dev.flamingostreams.training.scenes.Scene;
import dev.flamingostreams.training.scenes.SceneRenderer;
import dev.flamingostreams.training.scenes.SceneSampler;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The default model's features, JPEG and a camera's noise among them. */
class StillScenesTest {
  private static final int FRAMES = 8;

  private static Engine engine;
  private static Describer describer;

  @BeforeAll
  static void open() {
    engine = Engine.open(Path.of("src/main/models/default"), EngineOptions.defaults());
    describer = engine.describer(Prompt.plain());
  }

  @AfterAll
  static void close() {
    describer.close();
    engine.close();
  }

  @ParameterizedTest
  @EnumSource(names = {"CIRCLE", "CAR", "PERSON"})
  void aSceneThatStaysStillIsUnchangedWhateverItsNoise(Kind kind) throws Exception {
    Scene scene = scene(kind, Motion.STAYS_STILL);
    Signature before = look(noisy(scene, 1), 0, 1, null).signature();
    Description after = look(noisy(scene, 2), 0, 1, before);

    assertThat(after.unchanged()).isTrue();
    assertThat(after.text()).isEmpty();
    assertThat(after.decodeMicros()).isZero();
  }

  @ParameterizedTest
  @EnumSource(names = {"CIRCLE", "CAR", "PERSON"})
  void aSceneThatMovesIsDescribedAgain(Kind kind) throws Exception {
    Scene scene = scene(kind, Motion.MOVES_LEFT);
    Signature before = look(noisy(scene, 1), 0, 0.5, null).signature();
    Description after = look(noisy(scene, 2), 0.5, 1, before);

    assertThat(after.unchanged()).isFalse();
    assertThat(after.text()).isNotEmpty();
    assertThat(after.signature()).isNotNull();
  }

  private static Scene scene(Kind kind, Motion motion) {
    return new SceneSampler(7).one(new Combination(Colour.RED, kind, motion));
  }

  private static Scene noisy(Scene scene, long seed) {
    return scene.seenBy(new Degradation(2, 1, 0, 0, 0, 1, 0, 0, 0), seed);
  }

  /** A clip of part of the scene, compared with an earlier one. */
  private static Description look(Scene scene, double from, double to, @Nullable Signature last)
      throws Exception {
    SceneRenderer renderer = new SceneRenderer(scene, 320, 240);
    List<byte[]> images = new ArrayList<>();
    for (int i = 0; i < FRAMES; i++) {
      images.add(jpeg(renderer, from + (to - from) * i / (FRAMES - 1)));
    }
    long[] times = LongStream.range(0, FRAMES).map(i -> 250_000 * i).toArray();
    Comparison comparison = new Comparison(last, Unchanged.WITHIN);
    return describer.describe(new ClipInput(images, times), comparison).get();
  }

  private static byte[] jpeg(SceneRenderer renderer, double u) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    assertThat(ImageIO.write(renderer.image(u), "jpeg", out)).isTrue();
    return out.toByteArray();
  }
}
