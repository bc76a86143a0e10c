package dev.flamingostreams.training.scenes;

import java.awt.Color;
import java.util.random.RandomGenerator;

/** A colour name, and the colours that bear it. */
public enum Colour {
  RED("red", 0xff0000, 0xdc1e1e, 0xe53935, -9, 9, 0.75, 0.65),
  GREEN("green", 0x00ff00, 0x008000, 0x28a745, 95, 147, 0.6, 0.42),
  BLUE("blue", 0x0000ff, 0x1e3cdc, 0x2878ff, 208, 246, 0.68, 0.5),
  YELLOW("yellow", 0xffff00, 0xf0dc1e, 0xffdc00, 50, 63, 0.7, 0.86),
  ORANGE("orange", 0xffa500, 0xff8000, 0xff8c00, 23, 39, 0.82, 0.88),
  PURPLE("purple", 0x800080, 0xa020f0, 0x9632c8, 266, 301, 0.55, 0.45),
  WHITE("white", 0xffffff, 0xf5f5f5, 0xebebeb, 225, 255),
  BLACK("black", 0x000000, 0x0a0a0a, 0x1e1e1e, 0, 40);

  private static final double SHARE_OF_USUAL_VALUES = 0.35;
  private static final int TINT = 5;

  private final String word;
  private final int pure;
  private final int common;
  private final int alsoCommon;
  private final boolean grey;
  private final double from;
  private final double to;
  private final double leastSaturation;
  private final double leastValue;

  Colour(
      String word,
      int pure,
      int common,
      int alsoCommon,
      double fromHue,
      double toHue,
      double leastSaturation,
      double leastValue) {
    this.word = word;
    this.pure = pure;
    this.common = common;
    this.alsoCommon = alsoCommon;
    this.grey = false;
    this.from = fromHue;
    this.to = toHue;
    this.leastSaturation = leastSaturation;
    this.leastValue = leastValue;
  }

  Colour(String word, int pure, int common, int alsoCommon, int fromLevel, int toLevel) {
    this.word = word;
    this.pure = pure;
    this.common = common;
    this.alsoCommon = alsoCommon;
    this.grey = true;
    this.from = fromLevel;
    this.to = toLevel;
    this.leastSaturation = 0;
    this.leastValue = 0;
  }

  public String word() {
    return word;
  }

  /** The word with its article: {@code a red}, {@code an orange}. */
  String withArticle() {
    return (this == ORANGE ? "an " : "a ") + word;
  }

  /** The first at {@code t} of 0, the other at 1, as 0xRRGGBB. */
  static int mixture(int rgb, int other, double t) {
    int mixed = 0;
    for (int shift = 16; shift >= 0; shift -= 8) {
      int a = rgb >> shift & 255;
      int b = other >> shift & 255;
      mixed |= (int) Math.round(a + (b - a) * t) << shift;
    }
    return mixed;
  }

  /** A colour that anybody would call so, as 0xRRGGBB. */
  int pick(RandomGenerator random) {
    if (random.nextDouble() < SHARE_OF_USUAL_VALUES) {
      return switch (random.nextInt(3)) {
        case 0 -> pure;
        case 1 -> common;
        default -> alsoCommon;
      };
    }
    return grey ? pickGrey(random) : pickHue(random);
  }

  private int pickGrey(RandomGenerator random) {
    double level = random.nextDouble(from, to);
    int rgb = 0;
    for (int channel = 0; channel < 3; channel++) {
      double value = level + random.nextDouble(-TINT, TINT);
      rgb = rgb << 8 | (int) Math.round(Math.max(from, Math.min(to, value)));
    }
    return rgb;
  }

  private int pickHue(RandomGenerator random) {
    float hue = (float) (random.nextDouble(from, to) / 360);
    float saturation = (float) random.nextDouble(leastSaturation, 1);
    // A bright colour between purple and red is called pink.
    double mostValue = this == PURPLE && hue > 285 / 360f ? 0.75 : 1;
    float value = (float) random.nextDouble(leastValue, mostValue);
    return Color.HSBtoRGB(hue, saturation, value) & 0xffffff;
  }
}
