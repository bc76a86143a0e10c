package dev.flamingostreams.training.evaluation;

import dev.flamingostreams.engine.ClipException;
import dev.flamingostreams.engine.ClipInput;
import dev.flamingostreams.engine.Description;
import dev.flamingostreams.engine.ModelInfo;
import dev.flamingostreams.engine.Signature;
import dev.flamingostreams.engine.Task;
import dev.flamingostreams.flamingo.FrameTiming;
import dev.flamingostreams.training.scenes.Scene;
import java.awt.image.BufferedImage;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Videos without pictures, and a model that knows what they would show. */
final class FakeWorld implements SceneFilm, VideoPath, Examinee {
  static final int VIDEO_FRAMES = 12;
  private static final int NO_SCENE = -1;

  private final Model model;
  private final List<Scene> scenes = new ArrayList<>();
  private final List<Asked> asked = new ArrayList<>();
  private final List<BufferedImage> pictures = new ArrayList<>();

  /** What is asked of the model. */
  record Asked(@Nullable Scene scene, Task task, FrameTiming timing, ClipInput clip) {

    /** Numbers of the images in the video. */
    List<Integer> images() {
      return clip.images().stream().map(image -> ByteBuffer.wrap(image).getInt(4)).toList();
    }

    /** Numbers of the frames that the times are of. */
    List<Integer> times() {
      return IntStream.range(0, clip.images().size())
          .mapToObj(i -> (int) (clip.captureMicros()[i] / 1000))
          .toList();
    }

    boolean isFirstHalf() {
      return images().get(0) < VIDEO_FRAMES / 2;
    }

    String caption() {
      return scene == null ? "" : scene.caption();
    }
  }

  /** Says something, or fails. */
  interface Model {
    @Nullable Description say(Asked asked);
  }

  FakeWorld(Model model) {
    this.model = model;
  }

  static EvaluationPlan plan(int scenes, List<Integer> frames, Measure... measures) {
    return new EvaluationPlan(
        11, scenes, frames, Set.of(measures), List.of(32, 48), VIDEO_FRAMES, 12);
  }

  /** The same of a clip that looks so: clips that look otherwise have nothing in common with it. */
  static Description looking(Description said, boolean so) {
    ByteBuffer signature = ByteBuffer.allocate(18);
    signature.put((byte) 1).put((byte) 1).put((byte) 1).put((byte) 2).putLong(0).putFloat(1);
    signature.put((byte) (so ? 1 : 0)).put((byte) (so ? 0 : 1));
    return new Description(
        said.text(),
        said.meanLogProbability(),
        said.tokens(),
        said.unsure(),
        said.labels(),
        said.turns(),
        0,
        0,
        0,
        Signature.fromBytes(signature.array()),
        false);
  }

  /** Something said with a mean log-probability. */
  static Description said(String text, double logProbability) {
    return new Description(text, logProbability, 1, false, 0, 0, 0);
  }

  static Description said(String text) {
    return said(text, -0.01);
  }

  static Description unsure(String text) {
    return new Description(text, -3, 1, true, 0, 0, 0);
  }

  @Override
  public List<Shot> film(Scene scene, int height) {
    scenes.add(scene);
    return shots(scenes.size() - 1, VIDEO_FRAMES);
  }

  @Override
  public List<Shot> film(List<BufferedImage> frames, double framesPerSecond) {
    pictures.addAll(frames);
    return shots(NO_SCENE, frames.size());
  }

  static List<Shot> shots(int scene, int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> new Shot(ByteBuffer.allocate(8).putInt(scene).putInt(i).array(), 1000L * i))
        .toList();
  }

  @Override
  public ModelInfo model() {
    return new ModelInfo("fake", "0", "0", "none");
  }

  @Override
  public boolean reads(String text) {
    return !text.contains("purple");
  }

  @Override
  public CompletableFuture<Description> ask(Task task, FrameTiming timing, ClipInput clip) {
    int scene = ByteBuffer.wrap(clip.images().get(0)).getInt();
    boolean known = clip.images().get(0).length == 8 && scene != NO_SCENE;
    Asked question = new Asked(known ? scenes.get(scene) : null, task, timing, clip);
    asked.add(question);
    @Nullable Description said = model.say(question);
    return said == null
        ? CompletableFuture.failedFuture(new ClipException(ClipException.Reason.MODEL, "no"))
        : CompletableFuture.completedFuture(said);
  }

  List<Asked> asked() {
    return asked;
  }

  List<Scene> scenes() {
    return scenes;
  }

  List<BufferedImage> pictures() {
    return pictures;
  }

  @Override
  public void close() {}
}
