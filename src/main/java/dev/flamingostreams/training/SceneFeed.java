package dev.flamingostreams.training;

import dev.flamingostreams.flamingo.VisionConfig;
import dev.flamingostreams.training.scenes.Scene;
import dev.flamingostreams.training.scenes.SceneRenderer;
import dev.flamingostreams.training.scenes.SceneSampler;
import dev.flamingostreams.training.scenes.Split;
import java.util.Arrays;
import java.util.Random;

/** Scenes as the model's input, the same for the same seed, purpose and number. */
final class SceneFeed {
  private final VisionConfig vision;
  private final long seed;

  SceneFeed(VisionConfig vision, long seed) {
    this.vision = vision;
    this.seed = seed;
  }

  /**
   * How many scenes of each sort are drawn.
   *
   * @param two share with two objects
   * @param unknown share without a known one; the others have one
   * @param turns as of a {@link SceneSampler}
   */
  record Mix(double two, double unknown, int turns) {}

  Painter painter(String purpose, long number, Mix mix) {
    return new Painter(new Random(seed * 31 + purpose.hashCode()).nextLong() + number * 7919, mix);
  }

  /** Draws scenes and paints their frames. */
  final class Painter {
    /** A window's last sample of 8 is at 7/8 of it. */
    private static final double EDGE = 0.15;

    private static final int MOST_DROPPED = 4;

    private final SceneSampler sampler;
    private final Random random;

    private final Mix mix;

    private Painter(long seed, Mix mix) {
      this.mix = mix;
      sampler = new SceneSampler(seed, Split.SEEN, mix.turns);
      random = new Random(~seed);
    }

    int pixels() {
      return 3 * vision.inputSize() * vision.inputSize();
    }

    Random random() {
      return random;
    }

    Scene scene() {
      double drawn = random.nextDouble();
      if (drawn < mix.unknown) {
        return sampler.unknown();
      }
      return drawn < mix.unknown + mix.two ? sampler.two() : sampler.one();
    }

    double anyTime() {
      return random.nextDouble();
    }

    /**
     * Times of a clip's frames: half of the clips evenly spread, the others with jitter, and of a
     * third some frames are dropped before the wanted number is left.
     */
    double[] times(int frames) {
      int dropped = random.nextInt(3) == 0 ? random.nextInt(1, MOST_DROPPED + 1) : 0;
      double[] times = even(frames + dropped);
      for (int i = 0; i < dropped; i++) {
        times = without(random.nextInt(times.length), times);
      }
      return times;
    }

    private double[] even(int frames) {
      double from = random.nextDouble() * EDGE;
      double to = 1 - random.nextDouble() * EDGE;
      double step = (to - from) / (frames - 1);
      double jitter = random.nextBoolean() ? 0.35 * step : 0;
      double[] times = new double[frames];
      for (int i = 0; i < frames; i++) {
        double at = from + i * step + (2 * random.nextDouble() - 1) * jitter;
        times[i] = Math.max(0, Math.min(1, at));
      }
      return times;
    }

    private static double[] without(int index, double... times) {
      double[] left = Arrays.copyOf(times, times.length - 1);
      System.arraycopy(times, index + 1, left, index, left.length - index);
      return left;
    }

    /** The frames of a scene at some times: normalised planes R, G, B of each, one after other. */
    void paint(Scene scene, double[] times, float[] into, int offset) {
      int side = vision.inputSize();
      SceneRenderer renderer = new SceneRenderer(scene, side, side);
      for (int i = 0; i < times.length; i++) {
        renderer.planes(times[i], into, offset + i * pixels());
      }
      int plane = side * side;
      for (int i = 0; i < 3 * times.length; i++) {
        normalise(into, offset + i * plane, plane, i % 3);
      }
    }

    private void normalise(float[] values, int from, int count, int channel) {
      float mean = vision.preprocessing().mean().get(channel);
      float std = vision.preprocessing().std().get(channel);
      for (int i = from; i < from + count; i++) {
        values[i] = (values[i] - mean) / std;
      }
    }
  }
}
