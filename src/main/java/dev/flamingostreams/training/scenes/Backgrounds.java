package dev.flamingostreams.training.scenes;

import dev.flamingostreams.training.scenes.Background.Pattern;
import java.awt.Color;
import java.util.List;
import java.util.random.RandomGenerator;

/** Draws backgrounds in clear contrast to the objects before them. */
final class Backgrounds {
  private static final int TRIES = 400;
  private static final int CHECKED_MIXTURES = 5;

  private Backgrounds() {}

  static Background draw(List<Integer> objects, RandomGenerator random) {
    for (int i = 0; i < TRIES; i++) {
      Background background = any(random);
      if (objects.stream().allMatch(rgb -> isClear(rgb, background))) {
        return background;
      }
    }
    return clearest(objects);
  }

  /** Of the greys, the one whose least contrast is the highest. */
  private static Background clearest(List<Integer> objects) {
    int best = 0;
    double most = -1;
    for (int level = 0; level < 256; level += 15) {
      int ground = level * 0x010101;
      double least =
          objects.stream().mapToDouble(rgb -> Contrast.between(rgb, ground)).min().orElse(0);
      if (least > most) {
        most = least;
        best = ground;
      }
    }
    return new Background(Pattern.PLAIN, best, best, 0, 1, 0);
  }

  private static boolean isClear(int objectRgb, Background background) {
    for (int i = 0; i < CHECKED_MIXTURES; i++) {
      if (!Contrast.isClear(objectRgb, background.mixture(i / (CHECKED_MIXTURES - 1.0)))) {
        return false;
      }
    }
    return true;
  }

  static Background any(RandomGenerator random) {
    Pattern pattern = pattern(random);
    int rgb = ground(random);
    int other =
        switch (pattern) {
          case PLAIN -> rgb;
          case LINEAR, RADIAL -> random.nextDouble() < 0.3 ? ground(random) : near(rgb, 90, random);
          default -> near(rgb, 45, random);
        };
    double scale =
        switch (pattern) {
          case CLOUDS -> random.nextDouble(0.1, 0.5);
          case SPECKLE -> random.nextDouble(0.008, 0.05);
          case BUSY -> random.nextDouble(0.06, 0.25);
          default -> random.nextDouble(0.03, 0.2);
        };
    double angle =
        random.nextBoolean() ? Math.PI / 2 * random.nextInt(4) : random.nextDouble(2 * Math.PI);
    return new Background(pattern, rgb, other, angle, scale, random.nextLong());
  }

  private static Pattern pattern(RandomGenerator random) {
    double drawn = random.nextDouble();
    if (drawn < 0.25) {
      return Pattern.PLAIN;
    }
    if (drawn < 0.5) {
      return random.nextDouble() < 0.65 ? Pattern.LINEAR : Pattern.RADIAL;
    }
    Pattern[] textures = {
      Pattern.CLOUDS,
      Pattern.SPECKLE,
      Pattern.STRIPES,
      Pattern.CHECKER,
      Pattern.DOTS,
      Pattern.BUSY,
      Pattern.BUSY
    };
    return textures[random.nextInt(textures.length)];
  }

  /** Greys, muted colours and bright ones. */
  static int ground(RandomGenerator random) {
    double drawn = random.nextDouble();
    float hue = random.nextFloat();
    if (drawn < 0.35) {
      return Color.HSBtoRGB(hue, 0.06f * random.nextFloat(), random.nextFloat()) & 0xffffff;
    }
    float saturation = drawn < 0.7 ? random.nextFloat(0.08f, 0.5f) : random.nextFloat(0.5f, 1);
    return Color.HSBtoRGB(hue, saturation, random.nextFloat(0.12f, 1)) & 0xffffff;
  }

  /** Another brightness, and a little of another tint. */
  private static int near(int rgb, int most, RandomGenerator random) {
    int all = random.nextInt(-most, most + 1);
    int other = 0;
    for (int shift = 16; shift >= 0; shift -= 8) {
      int level = (rgb >> shift & 255) + all + random.nextInt(-most / 4, most / 4 + 1);
      other |= Math.max(0, Math.min(255, level)) << shift;
    }
    return other;
  }
}
