package dev.flamingostreams.cli;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.flamingostreams.engine.ClipInput;
import dev.flamingostreams.engine.Describer;
import dev.flamingostreams.engine.Engine;
import dev.flamingostreams.engine.EngineChoice;
import dev.flamingostreams.engine.EngineKind;
import dev.flamingostreams.engine.EngineOptions;
import dev.flamingostreams.engine.Processor;
import dev.flamingostreams.engine.Task;
import dev.flamingostreams.training.scenes.Scene;
import dev.flamingostreams.training.scenes.SceneRenderer;
import dev.flamingostreams.training.scenes.SceneSampler;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;

/** Two rendered clips, described by a model as one engine runs it. */
record SelfTest(EngineKind engine, Processor device) {
  /** Of scenes that the default model has no doubt about. */
  private static final long SEED = 38;

  private static final int WIDTH = 320;
  private static final int HEIGHT = 240;
  private static final int FRAMES = 8;
  private static final long FRAME_MICROS = 250_000;

  static List<SelfTest> all() {
    return List.of(
        new SelfTest(EngineKind.ONNXRUNTIME, Processor.parse("cpu")),
        new SelfTest(EngineKind.TENSORRT, Processor.parse("cuda")),
        new SelfTest(EngineKind.ONNXRUNTIME, Processor.parse("cuda")));
  }

  /**
   * How it went.
   *
   * @param version of the engine, if it works
   * @param shown what the scene shows
   * @param caption what the model says of it
   * @param right whether that is so, which is expected of the default model only
   * @param startMillis until the first clip was described
   * @param millis that the second one took
   * @param problem why the engine does not work
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Result(
      String engine,
      String device,
      @Nullable String version,
      @Nullable String shown,
      @Nullable String caption,
      @Nullable Boolean right,
      @Nullable Long startMillis,
      @Nullable Long millis,
      @Nullable String problem) {

    boolean works() {
      return problem == null;
    }
  }

  /**
   * Describes the scenes.
   *
   * @param model directory, or the name of one that the distribution brings
   * @param notes is told what takes long
   */
  Result run(String model, Consumer<String> notes) throws InterruptedException {
    try {
      return described(model, notes);
    } catch (ExecutionException e) {
      return failed(e.getCause() == null ? e : e.getCause());
    } catch (RuntimeException | IOException | LinkageError e) {
      return failed(e);
    }
  }

  private Result described(String model, Consumer<String> notes)
      throws InterruptedException, ExecutionException, IOException {
    SceneSampler scenes = new SceneSampler(SEED);
    Scene scene = scenes.one();
    ClipInput clip = film(scene);
    ClipInput second = film(scenes.one());
    EngineChoice choice = EngineChoice.auto().withKind(engine).withProcessor(device);
    EngineOptions options = EngineOptions.defaults().withChoice(choice).withNotes(notes);
    long begun = System.nanoTime();
    try (Engine opened = Engine.open(Home.model(model), options);
        Describer describer = opened.describer(Task.plain())) {
      String caption = describer.describe(clip).get().text();
      long ready = System.nanoTime();
      describer.describe(second).get();
      return new Result(
          name(),
          device.toString(),
          describer.model().engine(),
          scene.caption(),
          caption,
          model.equals(Home.DEFAULT_MODEL) ? scene.isToldBy(caption) : null,
          (ready - begun) / 1_000_000,
          (System.nanoTime() - ready) / 1_000_000,
          null);
    }
  }

  private Result failed(Throwable failure) {
    return new Result(
        name(), device.toString(), null, null, null, null, null, null, Failures.line(failure));
  }

  /** As {@code --engine} spells it. */
  private String name() {
    return engine.name().toLowerCase(Locale.ROOT);
  }

  private static ClipInput film(Scene scene) throws IOException {
    SceneRenderer renderer = new SceneRenderer(scene, WIDTH, HEIGHT);
    List<byte[]> images = new ArrayList<>();
    long[] micros = new long[FRAMES];
    for (int i = 0; i < FRAMES; i++) {
      ByteArrayOutputStream png = new ByteArrayOutputStream();
      ImageIO.write(renderer.image(i / (FRAMES - 1.0)), "png", png);
      images.add(png.toByteArray());
      micros[i] = i * FRAME_MICROS;
    }
    return new ClipInput(images, micros);
  }
}
