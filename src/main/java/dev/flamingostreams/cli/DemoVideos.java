package dev.flamingostreams.cli;

import dev.flamingostreams.schema.Caption;
import dev.flamingostreams.training.scenes.Scene;
import dev.flamingostreams.training.scenes.SceneRenderer;
import dev.flamingostreams.training.scenes.SceneSampler;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Films for the demo: each camera shows one scene after the other, as long as a clip each, so that
 * the truth of every clip is known. One object and two take turns.
 */
final class DemoVideos {
  private static final int WIDTH = 426;
  private static final int HEIGHT = 240;
  private static final double FRAMES_PER_SECOND = 12;
  private static final int TWO_OBJECTS_EVERY = 4;
  private static final int TWO_OBJECTS_AT = 2;

  private final double clipSeconds;
  private final Map<String, List<Scene>> scenes = new LinkedHashMap<>();

  DemoVideos(int cameras, int clips, double clipSeconds, long seed) {
    this.clipSeconds = clipSeconds;
    SceneSampler sampler = new SceneSampler(seed);
    for (int camera = 1; camera <= cameras; camera++) {
      List<Scene> shown = new ArrayList<>();
      for (int clip = 0; clip < clips; clip++) {
        boolean two = (camera + clip) % TWO_OBJECTS_EVERY == TWO_OBJECTS_AT;
        shown.add(two ? sampler.two() : sampler.one());
      }
      scenes.put("camera-" + camera, shown);
    }
  }

  /** Renders and encodes all films, one after the other on each core; stream to file. */
  Map<String, String> film(Path directory) {
    Map<String, String> files = new LinkedHashMap<>();
    scenes.keySet().forEach(name -> files.put(name, directory.resolve(name + ".mp4").toString()));
    files.entrySet().parallelStream().forEach(file -> film(file.getKey(), file.getValue()));
    return files;
  }

  /** Whether the caption says what was rendered, whichever of two objects it names first. */
  boolean isTrue(Caption caption) {
    List<Scene> shown = scenes.getOrDefault(caption.stream(), List.of());
    long clip = Math.round(caption.startMicros() / (clipSeconds * 1e6));
    return clip >= 0 && clip < shown.size() && shown.get((int) clip).isToldBy(caption.text());
  }

  private void film(String name, String file) {
    List<Scene> shown = scenes.getOrDefault(name, List.of());
    Iterable<BufferedImage> frames = () -> shown.stream().flatMap(this::images).iterator();
    try {
      CodecPath.encode(Path.of(file), WIDTH, HEIGHT, FRAMES_PER_SECOND, frames);
    } catch (IOException e) {
      throw new CommandException(ExitCode.FAILED, Failures.line(e), e);
    }
  }

  private Stream<BufferedImage> images(Scene scene) {
    SceneRenderer renderer = new SceneRenderer(scene, WIDTH, HEIGHT);
    int count = (int) Math.round(clipSeconds * FRAMES_PER_SECOND);
    return IntStream.range(0, count).mapToObj(i -> renderer.image(i / (count - 1.0)));
  }
}
