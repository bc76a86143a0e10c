package dev.flamingostreams.flamingo;

import com.fasterxml.jackson.databind.EnumNamingStrategies;
import com.fasterxml.jackson.databind.annotation.EnumNaming;
import java.util.List;

/**
 * How an image becomes the square that a vision encoder takes.
 *
 * @param cropFraction of the scaled side that is kept; 1 for CLIP
 * @param cropRounding of half a pixel that the middle is off
 * @param mean subtracted from each channel's value in 0..1
 * @param std divides each channel after that
 */
public record Preprocessing(
    Resize resize,
    double cropFraction,
    CropRounding cropRounding,
    List<Float> mean,
    List<Float> std) {

  /** What is done with an image that is no square. */
  @EnumNaming(EnumNamingStrategies.LowerCamelCaseStrategy.class)
  public enum Resize {
    /** Each output pixel is the mean of the area that it covers. */
    STRETCH,
    /** The shortest side is scaled by a bicubic filter, then the middle is cut out. */
    CROP,
    /** Both sides are scaled alike by a bicubic filter, then the middle is cut out. */
    SQUASH
  }

  /** The references differ in it. */
  @EnumNaming(EnumNamingStrategies.LowerCamelCaseStrategy.class)
  public enum CropRounding {
    /** open_clip and timm. */
    HALF_EVEN,
    /** Hugging Face. */
    DOWN
  }

  public Preprocessing {
    mean = List.copyOf(mean);
    std = List.copyOf(std);
  }

  void validate(String key) {
    Check.that(
        mean.size() == 3 && mean.stream().allMatch(Float::isFinite),
        key + ".mean",
        mean,
        "a number for each of three channels");
    Check.that(
        std.size() == 3 && std.stream().allMatch(value -> value > 0 && Float.isFinite(value)),
        key + ".std",
        std,
        "a positive number for each of three channels");
    Check.that(
        cropFraction >= 0.0625 && cropFraction <= 1,
        key + ".cropFraction",
        cropFraction,
        "0.0625 to 1");
  }
}
