package dev.flamingostreams.training.evaluation;

import dev.flamingostreams.engine.ClipInput;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Which frames of a video make a clip. */
enum Cut {
  /** The frames nearest to an even grid that begins with the video, as a clip window's does. */
  EVEN,
  /** Each moved by up to 35 % of the step. */
  JITTERED,
  /** A fifth of the even grid is lost. */
  DROPPED,
  /** Images of the even grid in any other order, the times as they were. */
  SHUFFLED;

  private static final double JITTER = 0.35;
  private static final double LOST = 0.2;

  ClipInput of(List<Shot> shots, int frames, Random random) {
    int[] even = even(shots.size(), frames);
    return switch (this) {
      case EVEN -> clip(shots, even, even);
      case JITTERED -> {
        int[] moved = jittered(shots.size(), frames, random);
        yield clip(shots, moved, moved);
      }
      case DROPPED -> {
        int[] left = thinned(even, random);
        yield clip(shots, left, left);
      }
      case SHUFFLED -> clip(shots, shuffled(even, random), even);
    };
  }

  /** Of every frame. */
  static ClipInput all(List<Shot> shots) {
    int[] each = even(shots.size(), shots.size());
    return clip(shots, each, each);
  }

  private static int[] even(int count, int frames) {
    int[] picked = new int[frames];
    Arrays.setAll(picked, i -> (int) ((2L * i * count + frames - 1) / (2L * frames)));
    return picked;
  }

  /** No frame twice, and in order of time. */
  private static int[] jittered(int count, int frames, Random random) {
    double step = (double) count / frames;
    int[] picked = new int[frames];
    for (int i = 0; i < frames; i++) {
      double at = (i + random.nextDouble(-JITTER, JITTER)) * step;
      int least = i == 0 ? 0 : picked[i - 1] + 1;
      int most = count - (frames - i);
      picked[i] = Math.max(least, Math.min(most, (int) Math.rint(at)));
    }
    return picked;
  }

  /** A fifth is lost on average; at least one is left. */
  private static int[] thinned(int[] picked, Random random) {
    int lost = (int) (LOST * picked.length + random.nextDouble());
    int[] left = picked;
    for (int i = 0; i < lost && left.length > 1; i++) {
      int without = random.nextInt(left.length);
      int[] rest = Arrays.copyOf(left, left.length - 1);
      System.arraycopy(left, without + 1, rest, without, rest.length - without);
      left = rest;
    }
    return left;
  }

  private static int[] shuffled(int[] picked, Random random) {
    int[] order = picked.clone();
    do {
      for (int i = order.length - 1; i > 0; i--) {
        int j = random.nextInt(i + 1);
        int held = order[i];
        order[i] = order[j];
        order[j] = held;
      }
    } while (order.length > 1 && Arrays.equals(order, picked));
    return order;
  }

  private static ClipInput clip(List<Shot> shots, int[] images, int[] times) {
    List<byte[]> seen = new ArrayList<>();
    for (int image : images) {
      seen.add(shots.get(image).image());
    }
    return new ClipInput(
        seen, Arrays.stream(times).mapToLong(i -> shots.get(i).captureMicros()).toArray());
  }
}
