package dev.flamingostreams.bench;

import dev.flamingostreams.engine.ModelPath;
import dev.flamingostreams.flamingo.FlamingoConfig;
import dev.flamingostreams.flamingo.SpecialTokens;
import dev.flamingostreams.training.scenes.Scene;
import dev.flamingostreams.training.scenes.SceneRenderer;
import dev.flamingostreams.training.scenes.SceneSampler;

/** Clips of rendered scenes, one second long, ready for the model. */
final class BenchClips {
  private static final long SEED = 20260102;
  private static final long MICROS = 1_000_000;

  private final FlamingoConfig config;

  BenchClips(FlamingoConfig config) {
    this.config = config;
  }

  /** How many fit one array. */
  int most(int frames) {
    return Integer.MAX_VALUE / (frames * frameSize());
  }

  private int frameSize() {
    return 3 * config.vision().inputSize() * config.vision().inputSize();
  }

  /** The same ones each time; the prompt is nothing but the clip. */
  ModelPath.Work draw(int clips, int frames) {
    int side = config.vision().inputSize();
    int frame = frameSize();
    float[] pixels = new float[Math.multiplyExact(clips * frames, frame)];
    SceneSampler sampler = new SceneSampler(SEED);
    for (int i = 0; i < clips; i++) {
      paint(sampler.one(), frames, pixels, i * frames * frame);
    }
    normalise(pixels, side * side);
    return new ModelPath.Work(clips, frames, pixels, times(frames), prompt());
  }

  /** The same without a pixel. */
  ModelPath.Work unseen(int clips, int frames) {
    return new ModelPath.Work(clips, frames, new float[0], times(frames), prompt());
  }

  private static long[] times(int frames) {
    long[] times = new long[frames];
    for (int i = 0; i < frames; i++) {
      times[i] = i * MICROS / Math.max(1, frames - 1);
    }
    return times;
  }

  private int[] prompt() {
    int begin = config.tokens().begin();
    int image = config.tokens().image();
    return begin == SpecialTokens.NONE ? new int[] {image} : new int[] {begin, image};
  }

  private void paint(Scene scene, int frames, float[] into, int offset) {
    int side = config.vision().inputSize();
    SceneRenderer renderer = new SceneRenderer(scene, side, side);
    for (int i = 0; i < frames; i++) {
      renderer.planes((double) i / Math.max(1, frames - 1), into, offset + i * 3 * side * side);
    }
  }

  private void normalise(float[] pixels, int plane) {
    for (int i = 0; i < pixels.length; i++) {
      int channel = i / plane % 3;
      float mean = config.vision().preprocessing().mean().get(channel);
      pixels[i] = (pixels[i] - mean) / config.vision().preprocessing().std().get(channel);
    }
  }
}
